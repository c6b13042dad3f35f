import type { OfferedTool } from "@/lib/chatroom/build-request";
import { builtInTools } from "@/lib/chatroom/built-in-tools";
import { withOwnNames } from "@/lib/chatroom/name-tools";
import { type ChatTool, type Consent, consentFor, isAllowed, runTool, type ToolOutcome } from "@/lib/chatroom/tool-box";
import type { ToolStep } from "@/lib/schemas/chatroom";
import { servedTools } from "./served-tools";
import { changeToolSettings, toolSettings } from "./tool-settings";

export type Decision = "once" | "always" | "refuse";

/** How far a call of this page is: waiting for the person, or under way. */
export type CallState =
  | { kind: "asks"; from: string; consent: Consent }
  /** Milliseconds since 1970. */
  | { kind: "runs"; sinceMs: number };

const BUILT_IN = builtInTools(
  () => new Date(),
  async (url, signal) => {
    const [{ fetchJson }, { fetchedPageSchema }] = await Promise.all([
      import("@/lib/queries/fetch-json"),
      import("@/lib/schemas/chat-tools"),
    ]);
    const page = await fetchJson("/api/internal/chat/fetch", {
      method: "POST",
      body: { url },
      schema: fetchedPageSchema,
      signal,
    });
    return page.isCut ? `${page.text}\n\n(The page goes on.)` : page.text;
  },
);

/** By the step itself: two models may give their calls the same id, and some give none. */
const calls = new Map<ToolStep, CallState>();
const deciders = new Map<ToolStep, (decision: Decision) => void>();
const listeners = new Set<() => void>();

/** Every tool that can be called now. */
export function allTools(): readonly ChatTool[] {
  const served = toolSettings().servers.flatMap(({ id, isOn }) => (isOn ? servedTools(id) : []));
  return withOwnNames([...BUILT_IN, ...served]);
}

export function offeredTools(): readonly OfferedTool[] {
  return allTools().map(({ name, description, parameters }) => ({ name, description, parameters }));
}

/** Runs a call of a model, after the person has allowed it where that is needed. */
export async function callTool(step: ToolStep, signal: AbortSignal): Promise<ToolOutcome> {
  const tools = allTools();
  const tool = tools.find(({ name }) => name === step.name);
  const consent = tool === undefined ? undefined : consentFor(tool, step.arguments);
  try {
    if (tool !== undefined && consent !== undefined && !isAllowed(toolSettings().allowed, consent.permission)) {
      show(step, { kind: "asks", from: tool.from, consent });
      const decision = await decisionOn(step, signal);
      if (decision === "refuse") return { result: "The reader did not allow this call.", isError: true };
      if (decision === "always") allow(consent);
    }
    show(step, { kind: "runs", sinceMs: Date.now() });
    return await runTool(tools, step, signal);
  } finally {
    calls.delete(step);
    deciders.delete(step);
    tell();
  }
}

/** From now on this is not asked any more; nor are the calls that wait for the same. */
function allow(consent: Consent): void {
  const settings = toolSettings();
  if (!isAllowed(settings.allowed, consent.permission)) {
    changeToolSettings({ ...settings, allowed: [...settings.allowed, consent.permission] });
  }
  for (const [step, call] of [...calls]) {
    if (call.kind === "asks" && isAllowed(toolSettings().allowed, call.consent.permission)) decide(step, "once");
  }
}

function decisionOn(step: ToolStep, signal: AbortSignal): Promise<Decision> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    deciders.set(step, resolve);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** How far this call is; `undefined` when it has ended, or is another page's. */
export function callState(step: ToolStep): CallState | undefined {
  return calls.get(step);
}

export function decide(step: ToolStep, decision: Decision): void {
  deciders.get(step)?.(decision);
}

export function subscribeToCalls(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function show(step: ToolStep, state: CallState): void {
  calls.set(step, state);
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}
