import type { ResponsesRequest } from "@/lib/schemas/responses-request";
import type { AnswerIdentity } from "../door";
import type { ItemOptions } from "./item-events";
import { customNamesOf } from "./read-tools";

/** How the items of one answer are written. */
export function itemOptions(request: ResponsesRequest, { id, hidesReasoning }: AnswerIdentity): ItemOptions {
  return {
    idSuffix: id.slice(id.lastIndexOf("-") + 1),
    hidesReasoning,
    encryptsReasoning: request.include?.includes("reasoning.encrypted_content") === true,
    customNames: customNamesOf(request),
  };
}
