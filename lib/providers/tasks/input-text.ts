import { invalidField } from "@/lib/errors";
import type { EmbeddingInput, RerankDocument } from "@/lib/schemas/task";

/**
 * The text of an input, for providers that take nothing else.
 *
 * @throws AppError `invalid_request` naming the input
 */
export function textOfInput(input: EmbeddingInput, index: number): string {
  switch (input.kind) {
    case "text":
      return input.text;
    case "tokens":
      throw invalidField(`input[${index}]`, "this provider takes text, and no token ids");
    case "parts":
      return input.parts
        .map((part, position) => {
          if (part.type === "text") return part.text;
          throw invalidField(`input[${index}].content[${position}]`, "this provider takes text only");
        })
        .join("\n");
  }
}

/**
 * The text of a document, for providers that take nothing else.
 *
 * @throws AppError `invalid_request` naming the document
 */
export function textOfDocument({ text, image }: RerankDocument, index: number): string {
  if (image !== undefined) throw invalidField(`documents[${index}].image`, "this provider takes text only");
  return text ?? "";
}
