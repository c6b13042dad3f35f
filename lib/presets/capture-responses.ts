import type { ResponsesBody } from "@/lib/schemas/preset-bodies";
import type { CapturedContent } from "./capture-chat";

/** A preset from the body of a request in the protocol of OpenAI's responses. Source: its API reference, 2026-11-21. */
export function captureResponses(body: ResponsesBody): CapturedContent {
  const { instructions, max_output_tokens, tools, tool_choice, text } = body;
  return {
    systemPrompt: instructions == null || instructions === "" ? null : instructions,
    fields: {
      ...body,
      max_tokens: max_output_tokens,
      tools: tools?.map(toolOf),
      tool_choice: choiceOf(tool_choice),
      response_format: formatOf(text),
      verbosity: text?.verbosity,
    },
  };
}

function toolOf(tool: NonNullable<ResponsesBody["tools"]>[number]): unknown {
  if (!("name" in tool) || tool.type !== "function") return tool;
  const { type, name, description, parameters, strict, ...rest } = tool;
  return { ...rest, type, function: { name, description, parameters, strict } };
}

function choiceOf(choice: ResponsesBody["tool_choice"]): unknown {
  if (choice == null || typeof choice === "string") return choice;
  return choice.type === "function" && "name" in choice
    ? { type: "function", function: { name: choice.name } }
    : choice;
}

function formatOf(text: ResponsesBody["text"]): unknown {
  const format = text?.format;
  if (format?.type !== "json_schema") return format;
  const { type, name, description, schema, strict } = format;
  return { type, json_schema: { name, description, schema, strict } };
}
