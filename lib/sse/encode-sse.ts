/** One event that carries `json`, ready to send; the blank line at its end is what makes clients deliver it. */
export function sseData(json: string): string {
  return `data: ${json}\n\n`;
}

/** One event with a name. */
export function sseEvent(name: string, json: string): string {
  return `event: ${name}\ndata: ${json}\n\n`;
}

/** A comment: keeps connections open, carries nothing. */
export function sseComment(text: string): string {
  return `: ${text}\n\n`;
}

export const SSE_DONE = "data: [DONE]\n\n";

export const SSE_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  // Tells nginx and its kin to pass every chunk on at once.
  "x-accel-buffering": "no",
} as const;
