import type { OfferedTool } from "./build-request";

/** A tool that runs in the browser, or through it. */
export type ChatTool = OfferedTool & {
  /** Who offers it: "Built in", or a tool server's name. */
  from: string;
  /** Whether the person is asked before each call: for what leaves the browser. */
  asks: boolean;
  /** @throws Error whose message the model is told. */
  run: (given: Readonly<Record<string, unknown>>, signal: AbortSignal) => Promise<string>;
};

export type ToolOutcome = { result: string; isError: boolean };

/** What a model is told at most of one call. */
const MAX_RESULT_CHARS = 60_000;

/** Runs one call as the model wrote it. Never throws: what goes wrong is told to the model. */
export async function runTool(
  tools: readonly ChatTool[],
  { name, arguments: given }: { name: string; arguments: string },
  signal: AbortSignal,
): Promise<ToolOutcome> {
  const tool = tools.find((one) => one.name === name);
  if (tool === undefined) return { result: `There is no tool called ${name}.`, isError: true };
  const parsed = argumentsOf(given);
  if (parsed === undefined) return { result: "The arguments are no JSON object.", isError: true };
  try {
    const result = await tool.run(parsed, signal);
    return { result: result.slice(0, MAX_RESULT_CHARS), isError: false };
  } catch (error) {
    return { result: error instanceof Error ? error.message : "The tool failed.", isError: true };
  }
}

function argumentsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
