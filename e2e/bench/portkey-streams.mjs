// Preloaded into Portkey only. Its release cannot stream on Node beside a @hono/node-server above 1.14.2: it changes
// headers that are then immutable (Portkey-AI/gateway issue 1389, open in 2026-03). Streams get headers of their own
// here; whole answers go through untouched, so that their numbers are Portkey's alone.
const plainFetch = globalThis.fetch;
const { Response, Headers } = globalThis;

globalThis.fetch = async (...args) => {
  const answer = await plainFetch(...args);
  if (!answer.headers.get("content-type")?.startsWith("text/event-stream")) return answer;
  return new Response(answer.body, { status: answer.status, headers: new Headers(answer.headers) });
};
