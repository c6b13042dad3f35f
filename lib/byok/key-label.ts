const SHOWN_CHARS = 4;
/** Of a shorter key the tail would give too much away. */
const MIN_KEY_CHARS = 12;

/** Where JSON has what people know a credential by: an id before a secret. */
const TELLING_FIELDS = ["accessKeyId", "private_key_id", "client_email", "api_key"] as const;

/** What is shown of a credential: its last characters, and of JSON those of the part that people know it by. */
export function keyLabel(key: string): string {
  const parts = /^\s*[[{]/.test(key) ? entriesOf(key) : [key];
  const [first = ""] = parts;
  const tail = first.length < MIN_KEY_CHARS ? "…" : `…${first.slice(-SHOWN_CHARS)}`;
  return parts.length < 2 ? tail : `${tail} and ${parts.length - 1} more`;
}

function entriesOf(json: string): string[] {
  const value: unknown = JSON.parse(json);
  const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
  return entries.map((entry) => {
    const fields = new Map(typeof entry === "object" && entry !== null ? Object.entries(entry) : []);
    const telling = TELLING_FIELDS.map((name) => fields.get(name)).find((text) => typeof text === "string");
    return typeof telling === "string" ? telling : "";
  });
}
