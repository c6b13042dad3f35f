import type { ToolCallDelta } from "@/lib/schemas/chat-completion";

export type CallStep =
  | { kind: "start"; id: string; name: string }
  | { kind: "arguments"; text: string }
  | { kind: "stop" };

type WaitingCall = { id: string; name: string; arguments: string };

/**
 * Puts the pieces of parallel tool calls one call after another, for protocols in which a call has to end before the next
 * one begins. A call that begins while another one is half-way waits until that one's arguments are whole JSON.
 */
export class CallSequence {
  private current: { index: number; arguments: string } | undefined;
  private readonly waiting = new Map<number, WaitingCall>();
  private readonly ended = new Set<number>();

  add(pieces: readonly ToolCallDelta[]): CallStep[] {
    const steps: CallStep[] = [];
    for (const piece of pieces) this.addOne(piece, steps);
    return steps;
  }

  /** Ends the open call, and gives those that wait. */
  finish(): CallStep[] {
    const steps: CallStep[] = [];
    while (this.current !== undefined) this.advance(steps);
    return steps;
  }

  private addOne({ index, id = "", function: called }: ToolCallDelta, steps: CallStep[]): void {
    const text = called.arguments ?? "";
    if (this.ended.has(index)) return; // its arguments were whole JSON: what comes after that is none
    if (this.current?.index === index) {
      this.current.arguments += text;
      if (text !== "") steps.push({ kind: "arguments", text });
    } else {
      const held = this.waiting.get(index);
      if (held === undefined) this.waiting.set(index, { id, name: called.name ?? "", arguments: text });
      else held.arguments += text;
    }
    while (this.waiting.size > 0 && (this.current === undefined || isWhole(this.current.arguments)))
      this.advance(steps);
  }

  /** From the open call to the one that has waited longest. */
  private advance(steps: CallStep[]): void {
    if (this.current !== undefined) {
      steps.push({ kind: "stop" });
      this.ended.add(this.current.index);
      this.current = undefined;
    }
    for (const [index, call] of this.waiting) {
      this.waiting.delete(index);
      this.current = { index, arguments: call.arguments };
      steps.push({ kind: "start", id: call.id, name: call.name });
      if (call.arguments !== "") steps.push({ kind: "arguments", text: call.arguments });
      return;
    }
  }
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // more of it is to come
  }
}
