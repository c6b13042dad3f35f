import type { MessagesBody } from "@/lib/schemas/preset-bodies";
import type { CapturedContent } from "./capture-chat";

/** A preset from the body of a request in Anthropic's protocol. Source: its API reference, read 2026-11-21. */
export function captureMessages(body: MessagesBody): CapturedContent {
  const { system, stop_sequences, tools, tool_choice, output_config, service_tier } = body;
  const text = typeof system === "string" ? system : (system ?? []).map((block) => block.text).join("\n\n");
  const isSerial = tool_choice != null && "disable_parallel_tool_use" in tool_choice;
  return {
    systemPrompt: text === "" ? null : text,
    fields: {
      ...body,
      stop: stop_sequences,
      tools: tools?.map(toolOf),
      tool_choice: choiceOf(tool_choice),
      parallel_tool_calls: isSerial && tool_choice.disable_parallel_tool_use === true ? false : undefined,
      reasoning: reasoningOf(body),
      response_format:
        output_config?.format == null
          ? undefined
          : { type: "json_schema", json_schema: { name: "output", schema: output_config.format.schema, strict: true } },
      // The other word, "auto", is the same in both.
      service_tier: service_tier === "standard_only" ? "default" : service_tier,
    },
  };
}

function toolOf(tool: NonNullable<MessagesBody["tools"]>[number]): unknown {
  if (!("input_schema" in tool)) return tool;
  const { type: _, name, description, input_schema: parameters, ...rest } = tool;
  return { ...rest, type: "function", function: { name, ...(description == null ? {} : { description }), parameters } };
}

function choiceOf(choice: MessagesBody["tool_choice"]): unknown {
  if (choice == null) return undefined;
  switch (choice.type) {
    case "auto":
      return "auto";
    case "any":
      return "required";
    case "none":
      return "none";
    case "tool":
      return { type: "function", function: { name: choice.name } };
  }
}

function reasoningOf({ thinking, output_config }: MessagesBody): unknown {
  const effort = output_config?.effort ?? undefined;
  if (thinking?.type === "enabled") return { max_tokens: thinking.budget_tokens };
  if (thinking?.type === "disabled") return { enabled: false };
  if (effort !== undefined) return { effort };
  return thinking?.type === "adaptive" ? { enabled: true } : undefined;
}
