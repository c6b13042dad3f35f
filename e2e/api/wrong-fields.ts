/** One wrong value for a field of the chat request, and the field that the refusal must name. */
export type WrongField = {
  field: string;
  /** What is wrong with it, for the test's name. */
  wrong: string;
  /** Laid over a good request. */
  body: Readonly<Record<string, unknown>>;
};

const OBJECT = { a: 1 };

/** Scalars: everything that a value of the right type is not. */
const NOT_A_NUMBER = ["1", true, OBJECT, [1]];
const NOT_A_WHOLE_NUMBER = [...NOT_A_NUMBER, 1.5];
const NOT_A_BOOLEAN = ["true", 1, OBJECT, [true]];
const NOT_A_STRING = [1, true, OBJECT, ["a"]];
const NOT_AN_OBJECT = ["a", 1, true];
const NOT_A_LIST = ["a", 1, true, OBJECT];
const NOT_A_WORD = ["nonsense", 1, true, OBJECT];

const SCALARS: Readonly<Record<string, readonly unknown[]>> = {
  model: [...NOT_A_STRING, "", "x".repeat(513)],
  models: [...NOT_A_LIST, Array.from({ length: 65 }, () => "openai/gpt-4o-mini")],
  route: NOT_A_WORD,
  preset: [...NOT_A_STRING, ""],
  messages: [...NOT_A_LIST, [], null, Array.from({ length: 10_001 }, () => ({ role: "user", content: "a" }))],
  stream: NOT_A_BOOLEAN,
  stream_options: NOT_AN_OBJECT,
  max_tokens: [...NOT_A_WHOLE_NUMBER, 0, -1],
  max_completion_tokens: [...NOT_A_WHOLE_NUMBER, 0, -1],
  temperature: [...NOT_A_NUMBER, -0.1, 2.1],
  top_p: [...NOT_A_NUMBER, -0.1, 1.1],
  top_k: [...NOT_A_WHOLE_NUMBER, -1],
  min_p: [...NOT_A_NUMBER, -0.1, 1.1],
  top_a: [...NOT_A_NUMBER, -0.1, 1.1],
  frequency_penalty: [...NOT_A_NUMBER, -2.1, 2.1],
  presence_penalty: [...NOT_A_NUMBER, -2.1, 2.1],
  repetition_penalty: [...NOT_A_NUMBER, -0.1, 2.1],
  seed: NOT_A_WHOLE_NUMBER,
  stop: [1, true, OBJECT, Array.from({ length: 17 }, () => "a")],
  logit_bias: [...NOT_AN_OBJECT, [1]],
  logprobs: NOT_A_BOOLEAN,
  n: ["1", 0, 2, 1.5],
  tools: [...NOT_A_LIST, Array.from({ length: 1_025 }, () => ({ type: "web_search" }))],
  tool_choice: NOT_A_WORD.slice(0, 3),
  parallel_tool_calls: NOT_A_BOOLEAN,
  response_format: NOT_AN_OBJECT,
  structured_outputs: NOT_A_BOOLEAN,
  reasoning: NOT_AN_OBJECT,
  reasoning_effort: NOT_A_WORD,
  include_reasoning: NOT_A_BOOLEAN,
  modalities: NOT_A_LIST,
  image_config: NOT_AN_OBJECT,
  audio: NOT_AN_OBJECT,
  prediction: NOT_AN_OBJECT,
  provider: NOT_AN_OBJECT,
  plugins: ["a", 1, true],
  transforms: NOT_A_LIST,
  user: [...NOT_A_STRING, "x".repeat(513)],
  session_id: [...NOT_A_STRING, "x".repeat(257)],
  metadata: [...NOT_AN_OBJECT, ["a"]],
  trace: NOT_AN_OBJECT,
  service_tier: [...NOT_A_STRING, "slowest"],
  prompt_cache_key: NOT_A_STRING,
  verbosity: NOT_A_WORD,
  usage: NOT_AN_OBJECT,
  debug: NOT_AN_OBJECT,
  cache_control: NOT_AN_OBJECT,
  web_search_options: NOT_AN_OBJECT,
};

const message = (value: unknown) => ({ messages: [{ role: "user", content: "Hello" }, value] });
const part = (value: unknown) => ({ messages: [{ role: "user", content: [{ type: "text", text: "a" }, value] }] });
const tool = (value: unknown) => ({ tools: [{ type: "function", function: { name: "good" } }, value] });
const format = (json_schema: unknown) => ({ response_format: { type: "json_schema", json_schema } });
const provider = (value: unknown) => ({ provider: value });

/** What lies deeper than the first level: field, what is wrong with it, request. */
const NESTED: readonly (readonly [string, string, Record<string, unknown>])[] = [
  ["models[1]", "a number", { models: ["openai/gpt-4o-mini", 1] }],
  ["messages[1]", "a string", message("Hello")],
  ["messages[1].role", "missing", message({ content: "Hello" })],
  ["messages[1].role", "unknown", message({ role: "boss", content: "Hello" })],
  ["messages[1].content", "missing", message({ role: "user" })],
  ["messages[1].content", "a number", message({ role: "system", content: 1 })],
  ["messages[1].content", "null", message({ role: "developer", content: null })],
  ["messages[1].tool_call_id", "missing", message({ role: "tool", content: "4" })],
  ["messages[1].tool_calls", "an object", message({ role: "assistant", tool_calls: {} })],
  [
    "messages[1].tool_calls[0].id",
    "missing",
    message({ role: "assistant", tool_calls: [{ function: { name: "a", arguments: "{}" } }] }),
  ],
  ["messages[1].tool_calls[0].function", "missing", message({ role: "assistant", tool_calls: [{ id: "1" }] })],
  [
    "messages[1].tool_calls[0].function.arguments",
    "an object",
    message({ role: "assistant", tool_calls: [{ id: "1", function: { name: "a", arguments: {} } }] }),
  ],
  ["messages[1].reasoning_details", "a string", message({ role: "assistant", content: "a", reasoning_details: "b" })],
  [
    "messages[1].reasoning_details[0].type",
    "missing",
    message({ role: "assistant", content: "a", reasoning_details: [{}] }),
  ],
  ["messages[0].content[1]", "a string", part("b")],
  ["messages[0].content[1].type", "missing", part({ text: "b" })],
  ["messages[0].content[1].type", "unknown", part({ type: "smell" })],
  ["messages[0].content[1].text", "missing", part({ type: "text" })],
  ["messages[0].content[1].image_url", "a string", part({ type: "image_url", image_url: "https://a.example/b.png" })],
  ["messages[0].content[1].image_url.url", "empty", part({ type: "image_url", image_url: { url: "" } })],
  ["messages[0].content[1].image_url.url", "no address", part({ type: "image_url", image_url: { url: "ftp://a/b" } })],
  [
    "messages[0].content[1].image_url.url",
    "broken base64",
    part({ type: "image_url", image_url: { url: "data:image/png;base64,@@@" } }),
  ],
  ["messages[0].content[1].file", "missing", part({ type: "file" })],
  ["messages[0].content[1].file.file_data", "a number", part({ type: "file", file: { file_data: 1 } })],
  ["messages[0].content[1].input_audio.format", "missing", part({ type: "input_audio", input_audio: { data: "aa" } })],
  ["messages[0].content[1].video_url.url", "missing", part({ type: "video_url", video_url: {} })],
  ["tools[1]", "a string", tool("search")],
  ["tools[1].type", "missing", tool({ function: { name: "a" } })],
  ["tools[1].function", "missing", tool({ type: "function" })],
  ["tools[1].function.name", "missing", tool({ type: "function", function: {} })],
  ["tools[1].function.name", "with a space", tool({ type: "function", function: { name: "a b" } })],
  ["tools[1].function.name", "too long", tool({ type: "function", function: { name: "a".repeat(65) } })],
  ["tools[1].function.parameters", "a string", tool({ type: "function", function: { name: "a", parameters: "b" } })],
  ["tools[1].function.strict", "a string", tool({ type: "function", function: { name: "a", strict: "yes" } })],
  [
    "tool_choice.function.name",
    "not among the tools",
    { ...tool({ type: "web_search" }), tool_choice: { type: "function", function: { name: "other" } } },
  ],
  ["tool_choice.type", "missing", { tool_choice: {} }],
  ["tool_choice", "required without tools", { tool_choice: "required" }],
  ["response_format.type", "unknown", { response_format: { type: "yaml" } }],
  ["response_format.json_schema", "missing", { response_format: { type: "json_schema" } }],
  ["response_format.json_schema.name", "missing", format({ schema: {} })],
  ["response_format.json_schema.name", "with a space", format({ name: "a b", schema: {} })],
  ["response_format.json_schema.schema", "a string", format({ name: "a", schema: "b" })],
  ["reasoning.effort", "unknown", { reasoning: { effort: "heroic" } }],
  ["reasoning.max_tokens", "zero", { reasoning: { max_tokens: 0 } }],
  ["reasoning.max_tokens", "beside an effort", { reasoning: { max_tokens: 100, effort: "low" } }],
  ["reasoning.exclude", "a string", { reasoning: { exclude: "yes" } }],
  ["reasoning.enabled", "a number", { reasoning: { enabled: 1 } }],
  ["reasoning.summary", "unknown", { reasoning: { summary: "long" } }],
  ["reasoning_effort", "another than reasoning.effort", { reasoning_effort: "low", reasoning: { effort: "high" } }],
  ["top_logprobs", "a string", { logprobs: true, top_logprobs: "5" }],
  ["top_logprobs", "too many", { logprobs: true, top_logprobs: 21 }],
  ["top_logprobs", "without logprobs", { top_logprobs: 5 }],
  ["stop[1]", "a number", { stop: ["a", 1] }],
  ["logit_bias.50256", "a string", { logit_bias: { 50256: "much" } }],
  ["logit_bias.50256", "too high", { logit_bias: { 50256: 101 } }],
  ["modalities[1]", "unknown", { modalities: ["text", "smell"] }],
  ["metadata.team", "a number", { metadata: { team: 1 } }],
  ["metadata.team", "too long", { metadata: { team: "x".repeat(513) } }],
  ["transforms[0]", "a number", { transforms: [1] }],
  ["plugins[0].id", "missing", { plugins: [{ enabled: true }] }],
  ["plugins[0].enabled", "a string", { plugins: [{ id: "web", enabled: "yes" }] }],
  ["prediction.type", "unknown", { prediction: { type: "guess" } }],
  ["cache_control.type", "unknown", { cache_control: { type: "for-ever" } }],
  ["stream_options.include_usage", "a string", { stream_options: { include_usage: "yes" } }],
  ["usage.include", "a string", { usage: { include: "yes" } }],
  ["debug.echo_upstream_body", "a string", { debug: { echo_upstream_body: "yes" } }],
  ["provider", "an unknown field", provider({ favourite: "openai" })],
  ["provider.order", "a string", provider({ order: "openai" })],
  ["provider.order[0]", "a number", provider({ order: [1] })],
  ["provider.order[0]", "empty", provider({ order: [""] })],
  ["provider.only", "an object", provider({ only: {} })],
  ["provider.ignore[1]", "null", provider({ ignore: ["a", null] })],
  ["provider.allow_fallbacks", "a string", provider({ allow_fallbacks: "no" })],
  ["provider.require_parameters", "a number", provider({ require_parameters: 1 })],
  ["provider.data_collection", "unknown", provider({ data_collection: "perhaps" })],
  ["provider.zdr", "a string", provider({ zdr: "yes" })],
  ["provider.enforce_distillable_text", "a string", provider({ enforce_distillable_text: "yes" })],
  ["provider.quantizations[0]", "unknown", provider({ quantizations: ["fp7"] })],
  ["provider.sort", "unknown", provider({ sort: "beauty" })],
  ["provider.sort.by", "unknown", provider({ sort: { by: "beauty" } })],
  ["provider.sort.partition", "unknown", provider({ sort: { partition: "all" } })],
  ["provider.preferred_min_throughput", "a string", provider({ preferred_min_throughput: "fast" })],
  ["provider.preferred_max_latency", "negative", provider({ preferred_max_latency: -1 })],
  ["provider.max_price", "a number", provider({ max_price: 1 })],
  ["provider.max_price.prompt", "negative", provider({ max_price: { prompt: -1 } })],
  ["provider.max_price.completion", "no decimal", provider({ max_price: { completion: "cheap" } })],
  ["provider.max_price", "an unknown field", provider({ max_price: { total: 1 } })],
  ["provider.strict_budget", "a string", provider({ strict_budget: "yes" })],
];

/** Every field of the chat request, wrong in every way in which it can be. */
export const WRONG_FIELDS: readonly WrongField[] = [
  ...Object.entries(SCALARS).flatMap(([field, values]) =>
    values.map((value) => ({ field, wrong: shown(value), body: { [field]: value } })),
  ),
  ...NESTED.map(([field, wrong, body]) => ({ field, wrong, body })),
];

function shown(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > 40 ? `${json.slice(0, 37)}…` : json;
}
