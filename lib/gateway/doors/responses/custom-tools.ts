import { z } from "zod";
import type { FunctionTool } from "@/lib/schemas/chat-request";
import type { CustomTool } from "@/lib/schemas/responses-request";

const INPUT = "input";
const inputSchema = z.object({ [INPUT]: z.string() });

/** A tool that takes text as it is, said as a function with one text argument, which every provider knows. */
export function customToolAsFunction({ name, description, format }: CustomTool): FunctionTool {
  const grammar =
    format?.type === "grammar"
      ? `The input must match this ${format.syntax} grammar:\n${format.definition}`
      : undefined;
  const about = [description, grammar].filter((text) => text != null && text !== "").join("\n\n");
  return {
    type: "function",
    function: {
      name,
      ...(about === "" ? {} : { description: about }),
      parameters: {
        type: "object",
        properties: { [INPUT]: { type: "string", description: "The whole input of the tool, as plain text." } },
        required: [INPUT],
        additionalProperties: false,
      },
    },
  };
}

/** The input of such a tool as arguments of its function. */
export function customArguments(input: string): string {
  return JSON.stringify({ [INPUT]: input });
}

/** The input in such arguments; the text itself when a model has written something else. */
export function customInput(text: string): string {
  try {
    const json: unknown = JSON.parse(text);
    return inputSchema.safeParse(json).data?.[INPUT] ?? text;
  } catch {
    return text; // cut off, or never JSON
  }
}
