/**
 * A body whose text is in `prompt`, the older name, as one with messages; any other as it is. The prompt stays beside the
 * messages made of it, which tells that there were none.
 */
export function asChatBody(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  if (typeof body.prompt !== "string") return body;
  const { prompt, ...rest } = body;
  return rest.messages === undefined ? { ...rest, prompt, messages: [{ role: "user", content: prompt }] } : rest;
}
