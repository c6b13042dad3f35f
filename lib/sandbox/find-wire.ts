import type { IncomingHttpHeaders } from "node:http";
import { anthropicWire } from "@/lib/sandbox/anthropic-wire";
import { bedrockWire } from "@/lib/sandbox/bedrock-wire";
import { cohereWire } from "@/lib/sandbox/cohere-wire";
import { exaWire } from "@/lib/sandbox/exa-wire";
import { geminiWire } from "@/lib/sandbox/gemini-wire";
import { ocrWire } from "@/lib/sandbox/ocr-wire";
import { openAiWire } from "@/lib/sandbox/openai-wire";
import { responsesWire } from "@/lib/sandbox/responses-wire";
import { cohereEmbedWire, embeddingsWire, geminiEmbedWire, rerankWire } from "@/lib/sandbox/task-wire";
import { vertexAnthropicWire } from "@/lib/sandbox/vertex-anthropic-wire";
import { vertexEmbedWire, vertexPredictWire } from "@/lib/sandbox/vertex-embed-wire";
import type { Call, Wire } from "@/lib/sandbox/wire";

/** What an address says: the protocol, and the model where it is part of the address. */
export type WireAddress = Pick<Call, "model" | "isStreamPath"> & { wire: Wire; isKnown: boolean };

const VERSION = "(?:/v[12](?:alpha|beta)?\\d*)?";
/** Vertex AI's addresses name the project and who made the model. */
const LOCATION = "(?:/projects/[^/:]+/locations/[^/:]+)?";
const MODEL = `${VERSION}${LOCATION}(?:/publishers/[^/:]+)?/models/(?<model>[^:]+)`;
/** Azure's addresses name the deployment. */
const DEPLOYMENT = "(?:/openai/deployments/[^/]+|/openai)?";

/** The protocol of each path. */
const WIRES: readonly (readonly [RegExp, Wire])[] = [
  [new RegExp(`^${DEPLOYMENT}${VERSION}${LOCATION}(?:/endpoints/openapi)?/chat/completions$`), openAiWire],
  [new RegExp(`^${DEPLOYMENT}${VERSION}/responses$`), responsesWire],
  [/^\/search$/, exaWire],
  [new RegExp(`^(?:/anthropic)?${VERSION}/messages$`), anthropicWire],
  [new RegExp(`^${MODEL}:(?:rawPredict|(?<stream>streamRawPredict))$`), vertexAnthropicWire],
  [new RegExp(`^${MODEL}:(?:generateContent|(?<stream>streamGenerateContent))$`), geminiWire],
  [/^\/model\/(?<model>[^/]+)\/(?:converse|(?<stream>converse-stream))$/, bedrockWire],
  [new RegExp(`^${VERSION}/chat$`), cohereWire],
  [new RegExp(`^${MODEL}:batchEmbedContents$`), geminiEmbedWire],
  [new RegExp(`^${MODEL}:predict$`), vertexPredictWire],
  [new RegExp(`^${MODEL}:embedContent$`), vertexEmbedWire],
  [new RegExp(`^${DEPLOYMENT}${VERSION}/embeddings$`), embeddingsWire],
  [new RegExp(`^${VERSION}/embed$`), cohereEmbedWire],
  [new RegExp(`^${VERSION}/rerank$`), rerankWire],
  [new RegExp(`^${VERSION}/ocr$`), ocrWire],
];

/** The protocol of a path, or, where no path matches, the one whose headers the client sent: it will read the error. */
export function findWire(path: string, headers: IncomingHttpHeaders): WireAddress {
  for (const [pattern, wire] of WIRES) {
    const groups = pattern.exec(path)?.groups;
    if (groups === undefined && !pattern.test(path)) continue;
    const model = groups?.model === undefined ? null : decodeModel(groups.model);
    return { wire, model, isStreamPath: groups?.stream !== undefined, isKnown: true };
  }
  return { wire: wireByHeaders(headers), model: null, isStreamPath: false, isKnown: false };
}

function wireByHeaders(headers: IncomingHttpHeaders): Wire {
  if (headers["x-api-key"] !== undefined || headers["anthropic-version"] !== undefined) return anthropicWire;
  return headers["x-goog-api-key"] !== undefined ? geminiWire : openAiWire;
}

function decodeModel(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign is part of a name that no model has; it stays as it is.
    return text;
  }
}
