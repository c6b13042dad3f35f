import "server-only";
import { z } from "zod";
import type { ChatMessage } from "@/lib/schemas/chat-request";
import { openUpstream } from "./open-upstream";

// Not Diamond's model router: it is told the conversation and the models, and names one of them.
// Source: github.com/Not-Diamond/not-diamond-typescript, src/resources/model-router.ts, read 2026-11-21.

/** All the time it may take: the caller waits for an answer of a model, not of a router. */
export const NOT_DIAMOND_BUDGET_MS = 1_000;
const MAX_ANSWER_BYTES = 64 * 1024;
// What it is sent of a long conversation.
const MAX_MESSAGES = 20;
const MAX_MESSAGE_CHARS = 16_000;

const answerSchema = z.looseObject({
  providers: z.array(z.looseObject({ provider: z.string().nullish(), model: z.string().min(1) })).min(1),
});

export type NotDiamondQuestion = {
  baseUrl: string;
  apiKey: string;
  messages: readonly ChatMessage[];
  /** Ids of the models to choose from. */
  models: readonly string[];
  /** Prefer a cheaper model where it is good enough; otherwise the best is named. */
  preferCheap: boolean;
};

export type NotDiamondAnswer =
  | { kind: "chosen"; model: string }
  /** `notice`: why there is no choice, for the route. */
  | { kind: "failed"; notice: string };

/** Asks which of the models should answer; never throws, and never takes longer than its budget. */
export async function askNotDiamond(question: NotDiamondQuestion): Promise<NotDiamondAnswer> {
  const call = openUpstream({
    url: `${question.baseUrl.replace(/\/+$/, "")}/v2/modelRouter/modelSelect?type=openrouter`,
    headers: {
      authorization: `Bearer ${question.apiKey}`,
      "content-type": "application/json",
      accept: "application/json",
    },
    body: JSON.stringify({
      messages: question.messages.slice(-MAX_MESSAGES).flatMap(textMessage),
      llm_providers: question.models.map((model) => ({ model })),
      ...(question.preferCheap ? { tradeoff: "cost" } : {}),
    }),
    droppedParameters: [],
  });
  const timer = setTimeout(() => call.cancel(new Error("too slow")), NOT_DIAMOND_BUDGET_MS);
  try {
    const { status, body } = await call.response;
    const text = await textOf(body);
    if (status !== 200) return failed(`it answered with status ${status}`);
    const parsed = answerSchema.safeParse(parsedOrUndefined(text));
    const [first] = parsed.data?.providers ?? [];
    if (first === undefined) return failed("its answer could not be read");
    const model = findNamed(first.model, first.provider ?? undefined, question.models);
    return model === undefined ? failed("it named a model that was not to choose") : { kind: "chosen", model };
  } catch (error) {
    return failed(error instanceof Error && error.message === "too slow" ? "it took too long" : "it cannot be reached");
  } finally {
    clearTimeout(timer);
    call.cancel(new Error("done"));
  }
}

function failed(reason: string): NotDiamondAnswer {
  return { kind: "failed", notice: `Not Diamond was asked and did not choose (${reason}); the local router did` };
}

/** Text alone: pictures and files say nothing to it and may be large. */
function textMessage({ role, content }: ChatMessage): { role: string; content: string }[] {
  const text =
    typeof content === "string"
      ? content
      : (content ?? []).flatMap((part) => (part.type === "text" ? part.text : [])).join("\n");
  return text === "" ? [] : [{ role, content: text.slice(0, MAX_MESSAGE_CHARS) }];
}

async function textOf(body: AsyncIterable<readonly Uint8Array[]>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const group of body) {
    for (const piece of group) {
      pieces.push(piece);
      size += piece.length;
    }
    if (size > MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(pieces).toString("utf8");
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** It may name a model with or without its author, and with dots as dashes. */
function findNamed(name: string, author: string | undefined, models: readonly string[]): string | undefined {
  const wanted = new Set([plain(name), plain(`${author ?? ""}/${name}`)]);
  return models.find((id) => wanted.has(plain(id)) || wanted.has(plain(id.slice(id.indexOf("/") + 1))));
}

function plain(id: string): string {
  return id.toLowerCase().replaceAll(/[._]/g, "-");
}
