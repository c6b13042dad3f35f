import { type ErrorFields, readFailure } from "../failure";
import { type JsonRecord, recordOf, textOf } from "../json";
import type { UpstreamFailure } from "../types";

/** Reads the body of a refusal: `{id, message}`. */
export function decodeFailure(status: number, body: string): UpstreamFailure {
  return readFailure(status, body, readErrorFields);
}

/** What an object says of an error. */
export function readErrorFields(json: JsonRecord): ErrorFields {
  const error = recordOf(json.error);
  const message = textOf(json.message) ?? textOf(json.error) ?? textOf(error?.message) ?? textOf(json.detail) ?? "";
  const code = textOf(json.error_type) ?? textOf(error?.type);
  return code === undefined ? { message } : { message, code };
}
