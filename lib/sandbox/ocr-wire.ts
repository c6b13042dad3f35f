import { z } from "zod";
import { firstIssue } from "@/lib/sandbox/first-issue";
import { openAiFailureOf, openAiRefusal } from "@/lib/sandbox/openai-failures";
import { pdfWords } from "@/lib/sandbox/pdf-words";
import type { Call, Wire } from "@/lib/sandbox/wire";

// Source: docs.mistral.ai/api/#tag/ocr, as known in 2026-11.
const documentSchema = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("document_url"), document_url: z.string().min(1) }),
  z.looseObject({
    type: z.literal("image_url"),
    image_url: z.union([z.string().min(1), z.looseObject({ url: z.string().min(1) })]),
  }),
]);
const ocrSchema = z.looseObject({
  model: z.string(),
  document: documentSchema,
  pages: z.array(z.int().min(0)).nullish(),
  include_image_base64: z.boolean().nullish(),
});

const BYTES = /^data:[^,]*;base64,/;

/** Mistral's `POST /ocr`. What it finds on a page is what the page shows as text. */
export const ocrWire: Wire = {
  hasKey: ({ headers }: Call) => /^bearer\s+\S/i.test(headers.authorization ?? ""),
  headers: ({ requestId }: Call) => ({ "x-request-id": `req_${requestId}` }),
  failureOf: openAiFailureOf,
  read(body) {
    const parsed = ocrSchema.safeParse(body);
    if (!parsed.success) {
      const { issue, path } = firstIssue(parsed.error);
      throw openAiRefusal(`Invalid '${path.join(".")}': ${issue.message}`, path.join("."), null);
    }
    const { model, document, pages: wanted } = parsed.data;
    const { texts, sizeBytes } = readDocument(document);
    const pages = texts
      .map((text, index) => ({
        index,
        markdown: text,
        images: [],
        dimensions: { dpi: 200, height: 2200, width: 1700 },
      }))
      .filter(({ index }) => wanted == null || wanted.includes(index));
    return {
      taskAnswer: {
        pages,
        model,
        document_annotation: null,
        usage_info: { pages_processed: pages.length, doc_size_bytes: sizeBytes },
      },
    };
  },
};

function readDocument(document: z.infer<typeof documentSchema>): {
  texts: readonly string[];
  sizeBytes: number | null;
} {
  const given = document.type === "document_url" ? document.document_url : document.image_url;
  const address = typeof given === "string" ? given : given.url;
  const header = BYTES.exec(address);
  if (header === null)
    return { texts: [`The document at ${address}, which the sandbox does not open.`], sizeBytes: null };
  const bytes = Buffer.from(address.slice(header[0].length), "base64");
  if (document.type === "image_url") return { texts: ["A picture of a page."], sizeBytes: bytes.length };
  if (!bytes.subarray(0, 1024).includes("%PDF-")) {
    throw openAiRefusal("Document could not be processed: it is no PDF.", "document", "document_parser_error");
  }
  return {
    texts: pdfWords(bytes).map((text, index) => text || `Page ${index + 1} has no text that the sandbox sees.`),
    sizeBytes: bytes.length,
  };
}
