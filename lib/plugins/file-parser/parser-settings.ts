import type { ChatRequest } from "@/lib/schemas/chat-request";
import { FILE_PARSER, pdfEngineSchema } from "./plugin";

/** How PDFs become something that a model reads; `native`: its provider does that. */
export type PdfEngine = "pdf-text" | "mistral-ocr" | "native";

export type ParserSettings = {
  /** `undefined`: the provider where it takes files, else whatever this installation has. */
  engine: PdfEngine | undefined;
  /** Files are never turned into text. */
  isOff: boolean;
  maxFiles: number | undefined;
};

const USUAL: ParserSettings = { engine: undefined, isOff: false, maxFiles: undefined };

/** What a request says of its files, the account's defaults worked in. Its entry has been checked already. */
export function parserSettingsOf({ plugins }: ChatRequest): ParserSettings {
  if (plugins == null) return USUAL;
  const entry = Array.isArray(plugins) ? plugins.find(({ id }) => id === FILE_PARSER.id) : plugins[FILE_PARSER.id];
  if (entry === undefined) return USUAL;
  const config = FILE_PARSER.config?.safeParse(entry).data;
  const pdf = config?.pdf;
  const named = typeof pdf === "object" && pdf !== null && "engine" in pdf ? pdf.engine : undefined;
  const engine = pdfEngineSchema.safeParse(named).data;
  return {
    engine: engine === "cloudflare-ai" ? "pdf-text" : engine,
    isOff: entry.enabled === false,
    maxFiles: typeof config?.max_files === "number" ? config.max_files : undefined,
  };
}
