import { z } from "zod";
import type { Plugin } from "../types";

/** `cloudflare-ai` is what newer clients call the free engine. */
export const pdfEngineSchema = z.enum(["pdf-text", "mistral-ocr", "native", "cloudflare-ai"]);

/** No step of its own: whether a file is read depends on the endpoint, and is decided for each one that is tried. */
export const FILE_PARSER: Plugin = {
  id: "file-parser",
  config: z.looseObject({
    pdf: z.looseObject({ engine: pdfEngineSchema.nullish() }).nullish(),
    max_files: z.int().min(1).nullish(),
  }),
};
