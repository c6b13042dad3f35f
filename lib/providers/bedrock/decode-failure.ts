import { type ErrorFields, readFailure } from "../failure";
import { type JsonRecord, recordOf, textOf } from "../json";
import type { UpstreamFailure } from "../types";

// Source: docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html, Errors, as known in 2026-11.
const STATUS_BY_TYPE: Readonly<Record<string, number>> = {
  validationexception: 400,
  unrecognizedclientexception: 401,
  expiredtokenexception: 401,
  accessdeniedexception: 403,
  resourcenotfoundexception: 404,
  modeltimeoutexception: 408,
  modelerrorexception: 424,
  modelstreamerrorexception: 424,
  throttlingexception: 429,
  servicequotaexceededexception: 429,
  modelnotreadyexception: 429,
  internalserverexception: 500,
  serviceunavailableexception: 503,
};

/** Reads the body of a refusal. */
export function decodeFailure(status: number, body: string): UpstreamFailure {
  return readFailure(status, body, (json) => {
    const { status: _, ...fields } = readErrorFields(json, undefined);
    return fields;
  });
}

/** What `{message, __type}` says. `type`: the name of the exception, where it comes beside the body. */
export function readErrorFields(json: JsonRecord, type: string | undefined): ErrorFields {
  // What stands in front of the API, a proxy of the operator's, says it in the usual form.
  const proxied = textOf(recordOf(json.error)?.message);
  const fields: ErrorFields = {
    message:
      proxied ??
      textOf(json.message) ??
      textOf(json.Message) ??
      textOf(json.originalMessage) ??
      textOf(json.detail) ??
      "",
  };
  // Types may come with a namespace before and an address behind them.
  const name = type ?? textOf(json.__type)?.replace(/^.*#/, "").replace(/:.*$/, "");
  if (name === undefined || name === "") return fields;
  fields.code = name;
  // A model that broke down says what it said itself.
  const original = typeof json.originalStatusCode === "number" ? json.originalStatusCode : undefined;
  const status =
    original !== undefined && original >= 400 && original < 600 ? original : STATUS_BY_TYPE[name.toLowerCase()];
  if (status !== undefined) fields.status = status;
  return fields;
}
