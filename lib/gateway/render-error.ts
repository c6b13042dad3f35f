import { AppError } from "@/lib/errors";
import { newUuid } from "@/lib/id";
import { log } from "@/lib/log";
import type { ErrorBody } from "@/lib/schemas/chat-completion";
import { type GatewayResponse, jsonResponse } from "./http";

/** The public form of a refusal; `code` is always the HTTP status, because the official SDKs insist on a number. */
export function errorBodyOf(error: AppError): ErrorBody {
  return { code: error.status, message: error.message, metadata: { error_type: error.type, ...error.metadata } };
}

/** The body of an error response, unless a door has a form of its own. */
export function publicErrorBody(error: AppError): unknown {
  return { error: errorBodyOf(error), user_id: null, ...error.supplement };
}

/**
 * Turns whatever was thrown into a response. What is not a refusal of ours is logged under an id that the response
 * carries too, and otherwise stays secret.
 */
export function renderError(thrown: unknown, bodyOf: (error: AppError) => unknown): GatewayResponse {
  const error = asAppError(thrown);
  if (error.cause !== undefined) log().warn({ err: error.cause, code: error.code }, "a request was refused");
  const headers = { ...error.headers };
  if (error.retryAfterSeconds !== undefined) headers["retry-after"] = String(error.retryAfterSeconds);
  return jsonResponse(error.status, bodyOf(error), headers);
}

/** The refusal that a thrown value amounts to. */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const errorId = newUuid();
  log().error({ err: thrown, errorId }, "unexpected error");
  return new AppError("internal", `Internal Server Error (id ${errorId})`, { metadata: { error_id: errorId } });
}
