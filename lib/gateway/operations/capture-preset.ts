import "server-only";
import { z } from "zod";
import { invalidField } from "@/lib/errors";
import { type CapturedContent, captureChat } from "@/lib/presets/capture-chat";
import { captureMessages } from "@/lib/presets/capture-messages";
import { captureResponses } from "@/lib/presets/capture-responses";
import { checkContent } from "@/lib/presets/check-content";
import { renderSavedPreset } from "@/lib/presets/render-preset";
import { savePreset } from "@/lib/presets/save-preset";
import { withoutNulls } from "@/lib/presets/without-nulls";
import { presetConfigSchema, presetSlugSchema } from "@/lib/schemas/preset";
import { messagesBodySchema, responsesBodySchema } from "@/lib/schemas/preset-bodies";
import { checkAcrossFields } from "../check-across-fields";
import { type GatewayRequest, jsonResponse, type Operation } from "../http";
import { parseChatRequest, parseJsonObject } from "../parse-chat-request";
import { parseInput } from "../parse-input";

const pathSchema = z.object({ slug: presetSlugSchema });

/**
 * Makes a preset, or a new version of one, from the body of an inference request: what a preset can hold is kept, the
 * rest is left out.
 */
const capturing =
  (capture: (body: GatewayRequest["body"]) => CapturedContent): Operation =>
  async (request, parameters, caller) => {
    const { slug } = parseInput(pathSchema, parameters);
    const { systemPrompt, fields } = capture(request.body);
    if (fields.preset != null) throw invalidField("preset", "a preset cannot refer to a preset");
    const content = { systemPrompt, config: parseInput(presetConfigSchema, withoutNulls(fields)) };
    checkContent(content, "");
    checkAcrossFields(content.config);
    const preset = { accountId: caller.accountId, slug, creatorUserId: caller.userId };
    const saved = await savePreset(preset, content, new Date(request.receivedMs));
    return jsonResponse(200, { data: renderSavedPreset(saved) });
  };

/** `POST /presets/{slug}/chat/completions` */
export const capturePresetFromChat = capturing((body) => captureChat(parseChatRequest(body)));

/** `POST /presets/{slug}/messages` */
export const capturePresetFromMessages = capturing((body) =>
  captureMessages(parseInput(messagesBodySchema, parseJsonObject(body))),
);

/** `POST /presets/{slug}/responses` */
export const capturePresetFromResponses = capturing((body) =>
  captureResponses(parseInput(responsesBodySchema, parseJsonObject(body))),
);
