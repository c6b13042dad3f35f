import { tokensOfAttachment } from "@/lib/sandbox/describe-media";
import type { Attachment, PromptSegment, Question, ToolResult } from "@/lib/sandbox/question";

/** What the frame around a message costs, as in OpenAI's own counting recipe for its chat models. */
export const FRAME_TOKENS = 4;

/** A message of a protocol that lists them as OpenAI does. */
type ListedMessage = {
  role: string;
  name?: string | null | undefined;
  tool_call_id?: string | undefined;
  tool_calls?: readonly { id: string; function: { name: string } }[] | null | undefined;
};

/** How a protocol writes what its messages hold. */
type MessageReader<Message> = {
  textOf: (message: Message) => string;
  attachmentsOf: (message: Message) => Attachment[];
  /** What stands for a message's calls in the prompt. */
  callsOf: (message: Message) => string;
};

type Conversation = Pick<
  Question,
  "system" | "userText" | "prefill" | "userTurns" | "attachments" | "toolResults" | "prompt"
>;

/** What a question takes from a list of messages, and from the tools that are offered before them. */
export function readMessageList<Message extends ListedMessage>(
  messages: readonly Message[],
  tools: readonly unknown[],
  { textOf, attachmentsOf, callsOf }: MessageReader<Message>,
): Conversation {
  const users = messages.filter(({ role }) => role === "user");
  const lastUser = users.at(-1);
  const segmentOf = (message: Message): PromptSegment => {
    const attachments = attachmentsOf(message);
    return {
      text: `${message.role}\n${textOf(message)}${callsOf(message)}${attachments.map((one) => one.fingerprint).join("")}`,
      extraTokens: attachments.reduce((sum, one) => sum + tokensOfAttachment(one), FRAME_TOKENS),
      cacheTtl: null,
    };
  };
  return {
    system: messages
      .filter(({ role }) => role === "system" || role === "developer")
      .map(textOf)
      .join("\n"),
    userText: lastUser === undefined ? "" : textOf(lastUser),
    prefill: "",
    userTurns: users.length,
    attachments: lastUser === undefined ? [] : attachmentsOf(lastUser),
    toolResults: toolResultsOf(messages, textOf),
    prompt: [
      ...(tools.length === 0 ? [] : [{ text: JSON.stringify(tools), extraTokens: FRAME_TOKENS, cacheTtl: null }]),
      ...messages.map(segmentOf),
    ],
  };
}

/** Those that came after the last answer. */
function toolResultsOf<Message extends ListedMessage>(
  messages: readonly Message[],
  textOf: (message: Message) => string,
): ToolResult[] {
  const names = new Map(
    messages.flatMap(({ tool_calls: calls }) => (calls ?? []).map((call) => [call.id, call.function.name] as const)),
  );
  return messages
    .slice(messages.findLastIndex(({ role }) => role === "assistant") + 1)
    .filter(({ role }) => role === "tool" || role === "function")
    .map((message) => ({
      name: names.get(message.tool_call_id ?? "") ?? message.name ?? "tool",
      content: textOf(message),
      failed: false,
    }));
}
