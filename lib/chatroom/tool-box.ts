import type { ToolPermission } from "../schemas/tool-settings";
import type { OfferedTool } from "./build-request";

type Given = Readonly<Record<string, unknown>>;

/** What a person is asked before a call. */
export type Consent = {
  /** What "always" allows. */
  permission: ToolPermission;
  /** Where the call goes, in full, when the model says where. */
  address: string | null;
};

/** A tool that runs in the browser, or through it. */
export type ChatTool = OfferedTool & {
  /** By this a permission knows it: names may change hands. */
  id: string;
  /** Who offers it: "Built in", or a tool server's name. */
  from: string;
  /** Whether calls leave the browser, which the person is asked about. */
  asks: boolean;
  /** For a tool that goes where the model says: the address of a call, `undefined` where it names none. */
  addressOf?: (given: Given) => URL | undefined;
  /** @throws Error whose message the model is told. */
  run: (given: Given, signal: AbortSignal) => Promise<string>;
};

export type ToolOutcome = { result: string; isError: boolean };

/** What a model is told at most of one call. */
const MAX_RESULT_CHARS = 60_000;

/** What the person has to allow for this call; `undefined` for one that leaves nothing, or fails before it does. */
export function consentFor(tool: ChatTool, givenText: string): Consent | undefined {
  const given = argumentsOf(givenText);
  if (!tool.asks || given === undefined) return undefined;
  if (tool.addressOf === undefined) return { permission: { toolId: tool.id, host: null }, address: null };
  const address = tool.addressOf(given);
  if (address === undefined) return undefined;
  return { permission: { toolId: tool.id, host: address.host }, address: address.href };
}

export function isAllowed(allowed: readonly ToolPermission[], { toolId, host }: ToolPermission): boolean {
  return allowed.some((one) => one.toolId === toolId && one.host === host);
}

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

function argumentsOf(text: string): Given | undefined {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
