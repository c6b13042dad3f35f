import { z } from "zod";

/** Why a document was not read. */
export const documentRefusalSchema = z.enum([
  "encrypted",
  "corrupt",
  "empty",
  "no-text",
  "too-many-pages",
  "too-large",
  "too-slow",
  "busy",
]);
export type DocumentRefusal = z.infer<typeof documentRefusalSchema>;

/** What came of reading a document, as the worker tells it. */
export const documentReadingSchema = z.union([
  z.object({
    /** A text for each page of a PDF, one for everything else. */
    texts: z.array(z.string()),
    pages: z.int(),
  }),
  z.object({
    refused: documentRefusalSchema,
    /** How many pages there are, where they are too many. */
    found: z.int().optional(),
  }),
]);
export type DocumentReading = z.infer<typeof documentReadingSchema>;
