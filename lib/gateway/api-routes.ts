import type { AppError } from "@/lib/errors";
import { authenticate } from "./authenticate";
import { completeThrough } from "./complete-chat";
import { chatDoor } from "./doors/chat/chat-door";
import { completionsDoor } from "./doors/completions/completions-door";
import { embeddingsDoor } from "./doors/embeddings/embeddings-door";
import { messagesDoor } from "./doors/messages/messages-door";
import { renderMessagesError } from "./doors/messages/messages-error";
import { rerankDoor } from "./doors/rerank/rerank-door";
import { responsesDoor } from "./doors/responses/responses-door";
import type { OpenOperation, Operation } from "./http";
import { keepingStreams } from "./keep-streams";
import { getActivity } from "./operations/activity";
import {
  createProviderKey,
  deleteProviderKey,
  getProviderKey,
  listProviderKeys,
  updateProviderKey,
} from "./operations/byok";
import {
  capturePresetFromChat,
  capturePresetFromMessages,
  capturePresetFromResponses,
} from "./operations/capture-preset";
import {
  countModels,
  getModel,
  listEmbeddingModels,
  listModelEndpoints,
  listModels,
  listProviders,
} from "./operations/catalog";
import { getCredits } from "./operations/credits";
import { getCurrentKey } from "./operations/current-key";
import { getGeneration } from "./operations/generation";
import { createKey, deleteKey, getKey, listKeys, updateKey } from "./operations/keys";
import { countMessageTokens } from "./operations/message-tokens";
import { createPresetVersion, getPresetVersion, listPresetVersions } from "./operations/preset-versions";
import { createPreset, deletePreset, getPreset, listPresets, updatePreset } from "./operations/presets";
import { explainRoute } from "./operations/route";
import { getSettings, updateSettings } from "./operations/settings";

/** Runs an operation for whoever is authenticated. */
const signedIn =
  (operation: Operation): OpenOperation =>
  async (request, parameters) =>
    operation(request, parameters, await authenticate(request));

/** Paths whose errors have a form of their own. */
export const ERROR_BODIES: Readonly<Record<string, (error: AppError) => unknown>> = {
  "/messages": renderMessagesError,
  "/messages/count_tokens": renderMessagesError,
};

/** Every public endpoint under `/api/v1`. `{name}` matches one path segment. */
export const API_ROUTES: Readonly<Record<string, Readonly<Record<string, OpenOperation>>>> = {
  "/chat/completions": { POST: keepingStreams(completeThrough(chatDoor)) },
  "/completions": { POST: completeThrough(completionsDoor) },
  "/responses": { POST: completeThrough(responsesDoor) },
  "/messages": { POST: completeThrough(messagesDoor) },
  "/messages/count_tokens": { POST: signedIn(countMessageTokens) },
  "/embeddings": { POST: completeThrough(embeddingsDoor) },
  "/embeddings/models": { GET: listEmbeddingModels },
  "/rerank": { POST: completeThrough(rerankDoor) },
  "/route": { POST: signedIn(explainRoute) },
  "/models": { GET: listModels },
  "/models/count": { GET: countModels },
  "/models/{author}/{slug}/endpoints": { GET: listModelEndpoints },
  "/model/{author}/{slug}": { GET: getModel },
  "/providers": { GET: listProviders },
  "/activity": { GET: signedIn(getActivity) },
  "/generation": { GET: signedIn(getGeneration) },
  "/key": { GET: signedIn(getCurrentKey) },
  "/credits": { GET: signedIn(getCredits) },
  "/settings": { GET: signedIn(getSettings), PATCH: signedIn(updateSettings) },
  "/byok": { GET: signedIn(listProviderKeys), POST: signedIn(createProviderKey) },
  "/byok/{id}": {
    GET: signedIn(getProviderKey),
    PATCH: signedIn(updateProviderKey),
    DELETE: signedIn(deleteProviderKey),
  },
  "/presets": { GET: signedIn(listPresets), POST: signedIn(createPreset) },
  "/presets/{slug}": { GET: signedIn(getPreset), PATCH: signedIn(updatePreset), DELETE: signedIn(deletePreset) },
  "/presets/{slug}/versions": { GET: signedIn(listPresetVersions), POST: signedIn(createPresetVersion) },
  "/presets/{slug}/versions/{version}": { GET: signedIn(getPresetVersion) },
  "/presets/{slug}/chat/completions": { POST: signedIn(capturePresetFromChat) },
  "/presets/{slug}/messages": { POST: signedIn(capturePresetFromMessages) },
  "/presets/{slug}/responses": { POST: signedIn(capturePresetFromResponses) },
  "/keys": { GET: signedIn(listKeys), POST: signedIn(createKey) },
  "/keys/{hash}": { GET: signedIn(getKey), PATCH: signedIn(updateKey), DELETE: signedIn(deleteKey) },
};
