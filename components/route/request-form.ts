import type { RoutePreferences } from "@/lib/routing/types";
import { SORT_WORDS, type SortWord } from "@/lib/schemas/provider-preferences";

export type RequestBody = Readonly<Record<string, unknown>>;

export const OUTPUTS = ["text", "json_object", "json_schema"] as const;

/** Which endpoints may serve, as the plan reads it: the form shows the same. */
type EndpointRules = Pick<
  RoutePreferences,
  "order" | "only" | "ignore" | "allowFallbacks" | "requireParameters" | "denyDataCollection" | "zeroDataRetention"
>;

/** The part of a request that the form shows. Empty texts and lists stand for fields that are not there. */
export type RequestForm = EndpointRules & {
  model: string;
  /** Tried when the first cannot serve. */
  fallbackModels: readonly string[];
  /** What the user said last. */
  prompt: string;
  maxTokens: number | null;
  sort: SortWord | "";
  quantizations: readonly string[];
  /** USD per million tokens, as written. */
  maxPromptPrice: string;
  maxCompletionPrice: string;
  withTools: boolean;
  output: (typeof OUTPUTS)[number];
  withImage: boolean;
};

const SAMPLE_TOOL = { type: "function", function: { name: "look_up", parameters: { type: "object", properties: {} } } };
const SAMPLE_FORMAT = {
  type: "json_schema",
  json_schema: {
    name: "answer",
    strict: true,
    schema: {
      type: "object",
      properties: { answer: { type: "string" } },
      required: ["answer"],
      additionalProperties: false,
    },
  },
};
const SAMPLE_IMAGE = { type: "image_url", image_url: { url: "https://example.com/picture.png" } };

/** What the form shows of a body. What it has no place for is left alone by `changeForm`. */
export function readForm(body: RequestBody): RequestForm {
  const provider = objectOf(body.provider);
  const maxPrice = objectOf(provider.max_price);
  const maxTokens = body.max_tokens ?? body.max_completion_tokens;
  const sort = isObject(provider.sort) ? provider.sort.by : provider.sort;
  const format = objectOf(body.response_format).type;
  return {
    model: textOf(body.model),
    fallbackModels: textsOf(body.models),
    prompt: promptOf(body),
    maxTokens: typeof maxTokens === "number" ? maxTokens : null,
    sort: SORT_WORDS.find((word) => word === sort) ?? "",
    order: textsOf(provider.order),
    only: textsOf(provider.only),
    ignore: textsOf(provider.ignore),
    allowFallbacks: provider.allow_fallbacks !== false,
    requireParameters: provider.require_parameters === true,
    denyDataCollection: provider.data_collection === "deny",
    zeroDataRetention: provider.zdr === true,
    quantizations: textsOf(provider.quantizations),
    maxPromptPrice: priceOf(maxPrice.prompt ?? maxPrice.input),
    maxCompletionPrice: priceOf(maxPrice.completion ?? maxPrice.output),
    withTools: listOf(body.tools).length > 0,
    output: OUTPUTS.find((output) => output === format) ?? "text",
    withImage: messagesOf(body).some((message) => listOf(message.content).some(isImage)),
  };
}

/** The body with these fields of the form changed, and everything else as it was. */
export function changeForm(body: RequestBody, changes: Partial<RequestForm>): RequestBody {
  const before = readForm(body);
  const after = { ...before, ...changes };
  const isChanged = (name: keyof RequestForm) => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  const edits: readonly (readonly [keyof RequestForm, (now: RequestBody) => RequestBody])[] = [
    ["model", (now) => withField(now, "model", after.model || undefined)],
    ["fallbackModels", (now) => withField(now, "models", filled(after.fallbackModels))],
    ["prompt", (now) => withPrompt(now, after.prompt)],
    ["maxTokens", (now) => withMaxTokens(now, after.maxTokens)],
    ["sort", (now) => withProvider(now, "sort", sortWith(objectOf(now.provider).sort, after.sort))],
    ["order", (now) => withProvider(now, "order", filled(after.order))],
    ["only", (now) => withProvider(now, "only", filled(after.only))],
    ["ignore", (now) => withProvider(now, "ignore", filled(after.ignore))],
    ["allowFallbacks", (now) => withProvider(now, "allow_fallbacks", after.allowFallbacks ? undefined : false)],
    ["requireParameters", (now) => withProvider(now, "require_parameters", after.requireParameters || undefined)],
    [
      "denyDataCollection",
      (now) => withProvider(now, "data_collection", after.denyDataCollection ? "deny" : undefined),
    ],
    ["zeroDataRetention", (now) => withProvider(now, "zdr", after.zeroDataRetention || undefined)],
    ["quantizations", (now) => withProvider(now, "quantizations", filled(after.quantizations))],
    ["maxPromptPrice", (now) => withMaxPrice(now, "prompt", "input", after.maxPromptPrice)],
    ["maxCompletionPrice", (now) => withMaxPrice(now, "completion", "output", after.maxCompletionPrice)],
    ["withTools", (now) => withTools(now, after.withTools)],
    ["output", (now) => withField(now, "response_format", formatOf(after.output))],
    ["withImage", (now) => (after.withImage ? withSampleImage(now) : withoutImages(now))],
  ];
  return edits.filter(([name]) => isChanged(name)).reduce((now, [, edit]) => edit(now), body);
}

function withMaxTokens(body: RequestBody, maxTokens: number | null): RequestBody {
  const name = body.max_tokens === undefined && body.max_completion_tokens !== undefined ? "max_completion_tokens" : "";
  return withField(body, name || "max_tokens", maxTokens ?? undefined);
}

function sortWith(sort: unknown, word: SortWord | ""): unknown {
  if (!isObject(sort) || sort.partition === undefined) return word || undefined;
  return withField(sort, "by", word || undefined);
}

function withMaxPrice(body: RequestBody, name: string, alias: string, text: string): RequestBody {
  const { [alias]: _alias, ...caps } = objectOf(objectOf(body.provider).max_price);
  const number = Number(text);
  const value = text === "" ? undefined : String(number) === text ? number : text;
  const maxPrice = withField(caps, name, value);
  return withProvider(body, "max_price", Object.keys(maxPrice).length === 0 ? undefined : maxPrice);
}

function withTools(body: RequestBody, isOn: boolean): RequestBody {
  if (isOn) return withField(body, "tools", [SAMPLE_TOOL]);
  return withField(withField(body, "tools", undefined), "tool_choice", undefined);
}

function formatOf(output: RequestForm["output"]): unknown {
  switch (output) {
    case "text":
      return undefined;
    case "json_object":
      return { type: output };
    case "json_schema":
      return SAMPLE_FORMAT;
  }
}

function promptOf(body: RequestBody): string {
  if (body.messages === undefined) return textOf(body.prompt);
  const content = messagesOf(body).findLast(({ role }) => role === "user")?.content;
  return typeof content === "string" ? content : textOf(objectOf(listOf(content).find(isText)).text);
}

function withPrompt(body: RequestBody, prompt: string): RequestBody {
  if (body.messages === undefined && typeof body.prompt === "string") return withField(body, "prompt", prompt);
  return withLastUserMessage(body, (content) => {
    if (!Array.isArray(content)) return prompt;
    const at = content.findIndex(isText);
    const part = { ...objectOf(content[at]), type: "text", text: prompt };
    return at === -1 ? [part, ...content] : content.with(at, part);
  });
}

function withSampleImage(body: RequestBody): RequestBody {
  return withLastUserMessage(asMessages(body), (content) => [
    ...(Array.isArray(content) ? content : [{ type: "text", text: textOf(content) }]),
    SAMPLE_IMAGE,
  ]);
}

function withoutImages(body: RequestBody): RequestBody {
  const messages = listOf(body.messages).map((message) => {
    if (!isObject(message) || !Array.isArray(message.content) || !message.content.some(isImage)) return message;
    const rest = message.content.filter((part) => !isImage(part));
    const [only] = rest;
    return { ...message, content: rest.length === 1 && isPlainText(only) ? only.text : rest };
  });
  return { ...body, messages };
}

function withLastUserMessage(body: RequestBody, change: (content: unknown) => unknown): RequestBody {
  const messages = listOf(body.messages);
  const at = messages.findLastIndex((message) => isObject(message) && message.role === "user");
  if (at === -1) return { ...body, messages: [...messages, { role: "user", content: change("") }] };
  const message = objectOf(messages[at]);
  return { ...body, messages: messages.with(at, { ...message, content: change(message.content) }) };
}

function asMessages(body: RequestBody): RequestBody {
  if (body.messages !== undefined || typeof body.prompt !== "string") return body;
  const { prompt, ...rest } = body;
  return { ...rest, messages: [{ role: "user", content: prompt }] };
}

function withProvider(body: RequestBody, name: string, value: unknown): RequestBody {
  const provider = withField(objectOf(body.provider), name, value);
  return withField(body, "provider", Object.keys(provider).length === 0 ? undefined : provider);
}

function withField(object: RequestBody, name: string, value: unknown): RequestBody {
  if (value !== undefined) return { ...object, [name]: value };
  const { [name]: _gone, ...rest } = object;
  return rest;
}

const filled = (list: readonly string[]) => (list.length === 0 ? undefined : list);
const textOf = (value: unknown) => (typeof value === "string" ? value : "");
const priceOf = (value: unknown) => (typeof value === "number" ? String(value) : textOf(value));
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textsOf = (value: unknown) => listOf(value).filter((entry) => typeof entry === "string");
const objectOf = (value: unknown): RequestBody => (isObject(value) ? value : {});
const messagesOf = (body: RequestBody) => listOf(body.messages).filter(isObject);
const isText = (part: unknown) => isObject(part) && part.type === "text";
const isImage = (part: unknown) => isObject(part) && part.type === "image_url";

function isPlainText(part: unknown): part is { text: string } {
  return isObject(part) && isText(part) && Object.keys(part).length === 2 && typeof part.text === "string";
}

function isObject(value: unknown): value is RequestBody {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
