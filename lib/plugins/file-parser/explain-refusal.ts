import type { DocumentRefusal } from "./document-reading";

/** What a refusal is called in words: completes a sentence that begins with the file's place in the request. */
export function explainRefusal(
  refused: DocumentRefusal,
  { maxPages, timeoutMs, found }: { maxPages: number; timeoutMs: number; found: number | undefined },
): string {
  switch (refused) {
    case "encrypted":
      return "is encrypted; send it without a password";
    case "corrupt":
      return "is corrupt: it cannot be opened as what it says it is";
    case "empty":
      return "is empty";
    case "no-text":
      return 'holds no text: it is empty, or a scan, which the engine "mistral-ocr" reads';
    case "too-many-pages":
      return found === undefined
        ? `has too many pages: it may have ${maxPages} at most`
        : `has too many pages: ${found}, and it may have ${maxPages} at most`;
    case "too-large":
      return "is too large: reading it takes more memory or gives more text than is allowed";
    case "too-slow":
      return `takes too long to read: more than ${Math.ceil(timeoutMs / 1_000)} seconds`;
    case "busy":
      return "cannot be read now, because too many others wait; try again in a moment";
  }
}
