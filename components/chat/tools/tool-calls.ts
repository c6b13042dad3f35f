import type { OfferedTool } from "@/lib/chatroom/build-request";
import { builtInTools } from "@/lib/chatroom/built-in-tools";
import { type ChatTool, runTool, type ToolOutcome } from "@/lib/chatroom/tool-box";
import type { ToolStep } from "@/lib/schemas/chatroom";
import { changeToolSettings, toolSettings } from "./tool-settings";

export type Decision = "once" | "always" | "refuse";

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

/** Of tool servers, by server, as they said when they were asked last. */
const served = new Map<string, readonly ChatTool[]>();
const pending = new Map<string, (decision: Decision) => void>();
const listeners = new Set<() => void>();

/** Every tool that can be called now. */
export function allTools(): readonly ChatTool[] {
  const on = new Set(toolSettings().servers.flatMap(({ id, isOn }) => (isOn ? [id] : [])));
  return [...BUILT_IN, ...[...served].flatMap(([id, tools]) => (on.has(id) ? tools : []))];
}

export function offeredTools(): readonly OfferedTool[] {
  return allTools().map(({ name, description, parameters }) => ({ name, description, parameters }));
}

export function setServedTools(serverId: string, tools: readonly ChatTool[]): void {
  served.set(serverId, tools);
  tell();
}

/** Runs a call of a model, after the person has allowed it where that is needed. */
export async function callTool(step: ToolStep, signal: AbortSignal): Promise<ToolOutcome> {
  const tool = allTools().find(({ name }) => name === step.name);
  if (tool?.asks === true && !toolSettings().allowed.includes(tool.name)) {
    const decision = await askPerson(step.id, signal);
    if (decision === "refuse") return { result: "The reader did not allow this call.", isError: true };
    if (decision === "always") {
      const settings = toolSettings();
      changeToolSettings({ ...settings, allowed: [...settings.allowed, tool.name] });
    }
  }
  return runTool(allTools(), step, signal);
}

function askPerson(id: string, signal: AbortSignal): Promise<Decision> {
  return new Promise((resolve, reject) => {
    const done = () => {
      pending.delete(id);
      tell();
    };
    pending.set(id, (decision) => {
      done();
      resolve(decision);
    });
    signal.addEventListener("abort", () => {
      done();
      reject(signal.reason);
    });
    tell();
  });
}

/** Does this call wait for the person? */
export function isPending(id: string): boolean {
  return pending.has(id);
}

export function decide(id: string, decision: Decision): void {
  pending.get(id)?.(decision);
}

export function subscribeToTools(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
