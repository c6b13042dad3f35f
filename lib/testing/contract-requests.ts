/** Requests that every provider can serve in full. */
export const REQUESTS: Record<string, unknown> = {
  text: {
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", content: "What is a signal box?" },
    ],
    temperature: 0.5,
    stop: ["END"],
  },
  "text and images in parts": {
    messages: [
      {
        role: "user",
        content: [
          { type: "text", text: "Compare these." },
          { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=" } },
          { type: "image_url", image_url: { url: "https://example.org/lever.jpg" } },
        ],
      },
    ],
  },
  tools: {
    messages: [{ role: "user", content: "Which signals are there?" }],
    tools: [
      {
        type: "function",
        function: {
          name: "list_signals",
          description: "Lists signals.",
          parameters: { type: "object", properties: { line: { type: "string" } } },
        },
      },
      { type: "function", function: { name: "no_parameters" } },
    ],
    tool_choice: "required",
  },
  "results of parallel calls": {
    messages: [
      { role: "user", content: "Weather and time?" },
      {
        role: "assistant",
        content: null,
        tool_calls: [
          { id: "call_a", type: "function", function: { name: "get_weather", arguments: '{"city":"Zürich"}' } },
          { id: "call_b", type: "function", function: { name: "get_time", arguments: "" } },
        ],
      },
      { role: "tool", tool_call_id: "call_a", content: '{"celsius":12}' },
      { role: "tool", tool_call_id: "call_b", content: [{ type: "text", text: "noon" }] },
      { role: "user", content: "And tomorrow?" },
    ],
    tools: [
      { type: "function", function: { name: "get_weather", parameters: { type: "object", properties: {} } } },
      { type: "function", function: { name: "get_time", parameters: { type: "object", properties: {} } } },
    ],
  },
};

/** A value for each field that is meant for us; all strings among them are marked. */
export const OWN_FIELDS = {
  model: "ours-model",
  models: ["ours-model"],
  route: "fallback",
  preset: "ours-preset",
  provider: { order: ["ours-provider"] },
  plugins: [{ id: "ours-plugin" }],
  transforms: ["middle-out"],
  session_id: "ours-session",
  trace: { trace_id: "ours-trace" },
  usage: { include: true },
  debug: { echo_upstream_body: true },
  prompt: "ours-prompt",
  include_reasoning: true,
};
