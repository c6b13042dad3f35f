import type { ToolCallDelta } from "@/lib/schemas/chat-completion";
import { callId } from "../call-id";
import { isRecord, listOf, recordOf, textOf } from "../json";

type OpenCall = {
  index: number;
  /** The provider's own index, when it gives one. */
  wireIndex: number | undefined;
  wireId: string | undefined;
  name: string;
  hasArguments: boolean;
};

/** A fragment as it came, with everything optional, because some provider leaves out each of these. */
type Fragment = {
  wireIndex: number | undefined;
  wireId: string | undefined;
  name: string | undefined;
  arguments: string;
};

/**
 * Turns the tool-call fragments of one answer into the shape every client understands: indexes count from 0 without
 * gaps, the first fragment of a call carries id, type and name, the following ones only arguments.
 */
export class ToolCallAssembler {
  readonly #calls: OpenCall[] = [];
  readonly #ids = new Set<string>();
  /** Arguments and id of a call whose name has not come yet. */
  #nameless: Fragment | undefined;

  /** Whether the answer holds a call. */
  get hasCalls(): boolean {
    return this.#calls.length > 0;
  }

  /** @param seed differs between answers; see {@link callId} */
  add(fragments: unknown, seed: string): readonly ToolCallDelta[] {
    const out: ToolCallDelta[] = [];
    for (const value of listOf(fragments)) {
      const fragment = readFragment(value);
      if (fragment !== undefined) this.#addOne(fragment, seed, out);
    }
    return out;
  }

  /** What is still missing at the end: a call without arguments gets an empty object, for clients parse them. */
  finish(): readonly ToolCallDelta[] {
    const empty = this.#calls.filter((call) => !call.hasArguments);
    for (const call of empty) call.hasArguments = true;
    return empty.map(({ index }) => ({ index, function: { arguments: "{}" } }));
  }

  #addOne(fragment: Fragment, seed: string, out: ToolCallDelta[]): void {
    const call = this.#findCall(fragment);
    if (call !== undefined) {
      if (fragment.arguments === "") return;
      call.hasArguments = true;
      out.push({ index: call.index, function: { arguments: fragment.arguments } });
      return;
    }

    const held = this.#nameless;
    const argumentsSoFar = (held?.arguments ?? "") + fragment.arguments;
    const wireId = held?.wireId ?? fragment.wireId;
    const wireIndex = fragment.wireIndex ?? held?.wireIndex;
    if (fragment.name === undefined) {
      this.#nameless = { wireIndex, wireId, name: undefined, arguments: argumentsSoFar };
      return;
    }
    this.#nameless = undefined;
    out.push(this.#open({ wireIndex, wireId, name: fragment.name, arguments: argumentsSoFar }, fragment.name, seed));
  }

  #open(fragment: Fragment, name: string, seed: string): ToolCallDelta {
    const index = this.#calls.length;
    // Two calls with one id (some providers use the name) could not be answered apart.
    const id =
      fragment.wireId === undefined || this.#ids.has(fragment.wireId) ? callId(index, name, seed) : fragment.wireId;
    this.#ids.add(id);
    const { wireIndex, wireId } = fragment;
    this.#calls.push({ index, wireIndex, wireId, name, hasArguments: fragment.arguments !== "" });
    return { index, id, type: "function", function: { name, arguments: fragment.arguments } };
  }

  /** The call that a fragment continues, or `undefined` when it starts one. */
  #findCall({ wireIndex, wireId, name, arguments: text }: Fragment): OpenCall | undefined {
    const last = this.#calls.at(-1);
    if (wireIndex !== undefined) {
      const call = this.#calls.findLast((open) => open.wireIndex === wireIndex);
      // Some providers give every parallel call the index 0; a new id with a name then starts the next one.
      const isAnother = name !== undefined && wireId !== undefined && call?.wireId !== wireId;
      return isAnother ? undefined : call;
    }
    if (wireId !== undefined) return this.#calls.find((open) => open.wireId === wireId);
    if (name === undefined) return this.#nameless === undefined ? last : undefined;
    // Neither index nor id: the same name again is the same call, unless its arguments start over.
    const startsOver = last?.hasArguments === true && text.startsWith("{");
    return last?.name === name && !startsOver ? last : undefined;
  }
}

function readFragment(value: unknown): Fragment | undefined {
  if (!isRecord(value)) return undefined;
  const call = recordOf(value.function) ?? {};
  const { index } = value;
  return {
    wireIndex: typeof index === "number" && Number.isInteger(index) && index >= 0 ? index : undefined,
    wireId: textOf(value.id),
    name: textOf(call.name),
    arguments: argumentsText(call.arguments),
  };
}

/** Arguments are JSON text; some local servers send the object itself. */
function argumentsText(value: unknown): string {
  if (typeof value === "string") return value;
  return isRecord(value) ? JSON.stringify(value) : "";
}
