import "server-only";
import { endpointReach } from "@/lib/gateway/endpoint-reach";
import { listChatModels } from "@/lib/gateway/list-chat-models";
import { accessState } from "@/lib/providers/provider-access";
import type { WelcomeFacts } from "./print-welcome";

/** Small, cheap and known to everybody. */
const FAVOURITE_EXAMPLE = "openai/gpt-4o-mini";

/** What this process can reach, once its runtime is up. */
export function describeService(): Pick<WelcomeFacts, "exampleModel" | "sandbox"> {
  const models = listChatModels(endpointReach({})).filter(({ outputs }) => outputs.includes("text"));
  const example = models.find(({ id }) => id === FAVOURITE_EXAMPLE) ?? models[0];
  const played = [...accessState().table.values()].filter(({ sandbox }) => sandbox).length;
  return {
    exampleModel: example?.id,
    sandbox: played === 0 ? "none" : played === accessState().table.size ? "all" : "some",
  };
}
