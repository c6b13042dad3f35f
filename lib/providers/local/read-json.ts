import "server-only";
import { request } from "undici";
import { parseJson } from "../json";
import type { ReadJson } from "./list-models";

const TIMEOUT_MS = 2_000;
const MAX_ANSWER_BYTES = 8 * 1_024 * 1_024;

/** Reads JSON from a server that may not be there: silent in every failure, because most installations have none. */
export function jsonReader(apiKey: string): ReadJson {
  const authorization: Record<string, string> = apiKey === "" ? {} : { authorization: `Bearer ${apiKey}` };
  return async (url, body) => {
    try {
      const { statusCode, body: answer } = await request(url, {
        method: body === undefined ? "GET" : "POST",
        headers: { accept: "application/json", "content-type": "application/json", ...authorization },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const pieces: Buffer[] = [];
      let size = 0;
      for await (const piece of answer) {
        size += piece.length;
        if (size > MAX_ANSWER_BYTES) return undefined;
        pieces.push(piece);
      }
      return statusCode === 200 ? parseJson(Buffer.concat(pieces).toString("utf8")) : undefined;
    } catch {
      return undefined;
    }
  };
}
