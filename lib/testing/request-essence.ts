import { functionToolsOf, toolModeOf } from "@/lib/providers/tools";
import type { ChatRequest, ContentPart } from "@/lib/schemas/chat-request";

/** One thing that somebody says in a conversation, whatever protocol says it. */
export type Saying =
  | { who: "system" | "user" | "assistant"; kind: "text"; text: string }
  | { who: "user"; kind: "image"; base64: string }
  | { who: "user"; kind: "document"; base64: string }
  | { who: "assistant"; kind: "signed"; text: string; signature: string }
  | { who: "assistant"; kind: "call"; id: string; name: string; input: unknown }
  | { who: "tool"; kind: "result"; id: string; text: string };

/** What a request says, free of the way in which it is said. What is absent says nothing. */
export type RequestEssence = {
  sayings: readonly Saying[];
  tools: readonly { name: string; description: string | undefined; parameters: unknown }[];
  /** A forced choice of the only tool is that tool by name. */
  choice: "auto" | "none" | "required" | { name: string } | undefined;
  maxTokens: number | undefined;
  temperature: number | undefined;
  topP: number | undefined;
  topK: number | undefined;
  stop: readonly string[];
  seed: number | undefined;
  schema: unknown;
};

/** The essence of a request of ours that holds only what {@link Saying} knows. */
export function essenceOf(request: ChatRequest, maxTokens: number | undefined): RequestEssence {
  const tools = functionToolsOf(request).map(({ function: { name, description, parameters } }) => ({
    name,
    description: description ?? undefined,
    parameters,
  }));
  const mode = toolModeOf(request);
  const choice = mode?.kind === "function" ? { name: mode.name } : mode?.kind;
  const format = request.response_format;
  return {
    sayings: request.messages.flatMap(sayingsOf),
    tools,
    choice: onlyChoice(choice, tools),
    maxTokens,
    temperature: request.temperature ?? undefined,
    topP: request.top_p ?? undefined,
    topK: request.top_k ?? undefined,
    stop: typeof request.stop === "string" ? [request.stop] : (request.stop ?? []),
    seed: request.seed ?? undefined,
    schema: format?.type === "json_schema" ? format.json_schema.schema : undefined,
  };
}

/** A forced choice among one is the choice of that one, and not every protocol can tell them apart. */
export function onlyChoice(
  choice: RequestEssence["choice"],
  tools: readonly { name: string }[],
): RequestEssence["choice"] {
  const [only] = tools;
  return choice === "required" && tools.length === 1 && only !== undefined ? { name: only.name } : choice;
}

function sayingsOf(message: ChatRequest["messages"][number]): Saying[] {
  const parts: readonly ContentPart[] =
    typeof message.content === "string" ? [{ type: "text", text: message.content }] : (message.content ?? []);
  switch (message.role) {
    case "system":
    case "developer":
      return parts.flatMap((part) => (part.type === "text" ? [{ who: "system", kind: "text", text: part.text }] : []));
    case "user":
      return parts.flatMap((part): Saying[] => {
        if (part.type === "text") return [{ who: "user", kind: "text", text: part.text }];
        if (part.type === "image_url") return [{ who: "user", kind: "image", base64: base64Of(part.image_url.url) }];
        if (part.type === "file") {
          return [{ who: "user", kind: "document", base64: base64Of(part.file.file_data ?? "") }];
        }
        return [];
      });
    case "assistant":
      return [
        ...(message.reasoning_details ?? []).map(
          ({ text, signature }): Saying => ({
            who: "assistant",
            kind: "signed",
            text: text ?? "",
            signature: signature ?? "",
          }),
        ),
        ...parts.flatMap((part): Saying[] =>
          part.type === "text" ? [{ who: "assistant", kind: "text", text: part.text }] : [],
        ),
        ...(message.tool_calls ?? []).map(
          ({ id, function: { name, arguments: input } }): Saying => ({
            who: "assistant",
            kind: "call",
            id,
            name,
            input: JSON.parse(input),
          }),
        ),
      ];
    case "tool":
      return parts.flatMap((part) =>
        part.type === "text" ? [{ who: "tool", kind: "result", id: message.tool_call_id, text: part.text }] : [],
      );
  }
}

/** The bytes of a data URL, or of bare base64. */
export function base64Of(url: string): string {
  return url.startsWith("data:") ? url.slice(url.indexOf(",") + 1) : url;
}
