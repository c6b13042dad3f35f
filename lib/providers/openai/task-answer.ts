import type { ChatChunk } from "@/lib/schemas/chat-chunk";
import { failureOf } from "../failure";
import { isRecord, type JsonRecord, textOf } from "../json";
import { UpstreamError } from "../types";
import { readErrorFields } from "./decode-failure";
import { readTaskUsage } from "./task-usage";

export type TaskAnswer = {
  json: JsonRecord;
  /** What the answer says of itself: its id, and what was counted. */
  about: Pick<ChatChunk, "usage" | "upstreamId">;
};

/**
 * The answer to a task as an object.
 *
 * @throws UpstreamError the failure that a body with status 200 reports
 * @throws Error when it is no object
 */
export function readTaskAnswer(body: unknown): TaskAnswer {
  if (!isRecord(body)) throw new Error("body is not a JSON object");
  const failure = readErrorFields(body);
  if (failure !== undefined) throw new UpstreamError(failureOf(failure));
  const about: TaskAnswer["about"] = {};
  const usage = readTaskUsage(body);
  const id = textOf(body.id);
  if (usage !== undefined) about.usage = usage;
  if (id !== undefined) about.upstreamId = id;
  return { json: body, about };
}
