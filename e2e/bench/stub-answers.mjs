const MODEL = "gpt-4o-mini-2024-07-18";
const WORDS = "The quick brown fox jumps over the lazy dog while the band plays on. ".repeat(9).trim();

/** A whole answer of about 1.1 kB, in the shape that OpenAI gives. */
export function completionBody() {
  return JSON.stringify({
    id: "chatcmpl-BenchAnswer0000000000000001",
    object: "chat.completion",
    created: 1_790_000_000,
    model: MODEL,
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: WORDS.slice(0, 600), refusal: null, annotations: [] },
        logprobs: null,
        finish_reason: "stop",
      },
    ],
    usage: usage(131),
    service_tier: "default",
    system_fingerprint: "fp_bench00001",
  });
}

/** One event of a stream; with a role, the opening one. */
export function streamEvent(content, role) {
  const delta = role === undefined ? { content } : { role, content, refusal: null };
  return `data: {"id":"chatcmpl-BenchAnswer0000000000000001","object":"chat.completion.chunk","created":1790000000,"model":"${MODEL}","service_tier":"default","system_fingerprint":"fp_bench00001","choices":[{"index":0,"delta":${JSON.stringify(delta)},"logprobs":null,"finish_reason":null}]}\n\n`;
}

/** The events that end a stream: why it stopped, the usage, the mark. */
export function finishEvents(chunks) {
  const head = `data: {"id":"chatcmpl-BenchAnswer0000000000000001","object":"chat.completion.chunk","created":1790000000,"model":"${MODEL}","system_fingerprint":"fp_bench00001"`;
  return `${head},"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}\n\n${head},"choices":[],"usage":${JSON.stringify(usage(chunks))}}\n\ndata: [DONE]\n\n`;
}

/** Contents that break relays which cut, join or re-encode wrongly: scripts, escapes, line ends, very short and long. */
export function trickyContents(count) {
  const pieces = [
    "é",
    "日本語",
    "\n\n",
    'data: {"not":"an event"}',
    "🙂🙃",
    "\\",
    '"',
    "\u2028",
    "\t",
    " ",
    "x".repeat(40_000),
    "añb",
  ];
  return Array.from({ length: count }, (_, index) => `${pieces[index % pieces.length]}${index}`);
}

function usage(completionTokens) {
  return {
    prompt_tokens: 97,
    completion_tokens: completionTokens,
    total_tokens: 97 + completionTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
