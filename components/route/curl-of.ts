import type { RequestBody } from "./request-form";

/** A command for a shell that sends the request for real; the key is taken from the environment. */
export function curlOf(baseUrl: string, body: RequestBody): string {
  // Inside single quotes a shell reads nothing but the next single quote.
  const data = JSON.stringify(body, null, 2).replaceAll("'", String.raw`'\''`);
  return [
    `curl ${baseUrl}/api/v1/chat/completions`,
    '-H "Authorization: Bearer $OPENROUTER_API_KEY"',
    '-H "Content-Type: application/json"',
    `-d '${data}'`,
  ].join(" \\\n  ");
}
