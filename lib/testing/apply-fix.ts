import type { ChatRequest } from "@/lib/schemas/chat-request";

/** What a request and an installation are, as far as a fix can change them. */
export type Situation = { request: ChatRequest; configured: ReadonlySet<string>; promptTokens: number };

/**
 * Does what the text of an exclusion's fix says, word by word, as a reader would. What it suggests after ", or " is
 * another way and is left alone.
 *
 * @throws Error when the text is not in the grammar that fixes are written in.
 */
export function applyFix(situation: Situation, fix: string): Situation {
  return fix.split("; ").reduce((now, clause) => applyClause(now, clause.split(", or ")[0] ?? ""), situation);
}

function applyClause(situation: Situation, clause: string): Situation {
  const key = /^set (\w+)_API_KEY to a key of it$/.exec(clause);
  if (key?.[1] !== undefined) {
    return { ...situation, configured: new Set([...situation.configured, key[1].toLowerCase()]) };
  }
  const shorten = /^shorten messages to (\d+) tokens or less$/.exec(clause);
  if (shorten?.[1] !== undefined) return { ...situation, promptTokens: Number(shorten[1]) };

  const request = structuredClone(situation.request);
  const [, verb = "", rest = ""] = /^(set|leave out|add|remove) (.+)$/.exec(clause) ?? [];
  const change = CHANGES[verb];
  if (change === undefined) throw new Error(`a fix that nobody can read: ${clause}`);
  change(request, rest);
  return { ...situation, request };
}

const CHANGES: Readonly<Record<string, (request: ChatRequest, text: string) => void>> = {
  set: (request, text) => {
    const [, path = "", value = ""] = /^(\S+) to (.+)$/.exec(text) ?? [];
    if (path === "messages[].content[].video_url.url") return dropParts(request, "video");
    const limit = / or less$/.test(value) ? Number.parseInt(value, 10) : undefined;
    setAt(request, path, limit === undefined ? parsed(value) : Math.min(limit, Number(valueAt(request, path))));
  },
  "leave out": (request, path) => setAt(request, path, undefined),
  add: (request, text) => {
    const [, value = "", path = ""] = /^("[^"]+") to (\S+)$/.exec(text) ?? [];
    setAt(request, path, [...listAt(request, path), parsed(value)]);
  },
  remove: (request, text) => {
    const parts = /^the (\w+) parts from messages$/.exec(text)?.[1];
    if (parts !== undefined) return dropParts(request, parts);
    const [, value = "", path = ""] = /^("[^"]+") from (\S+)$/.exec(text) ?? [];
    const unwanted = String(parsed(value)).toLowerCase();
    setAt(
      request,
      path,
      listAt(request, path).filter((entry) => String(entry).toLowerCase() !== unwanted),
    );
  },
};

function parsed(text: string): unknown {
  // A price stays the exact text that it is.
  return /^\d+\.\d+$/.test(text) ? text : JSON.parse(text);
}

function dropParts(request: ChatRequest, kind: string): void {
  for (const message of request.messages) {
    if (!Array.isArray(message.content)) continue;
    message.content = message.content.filter(({ type }) => !type.includes(kind));
  }
}

function valueAt(target: object, path: string): unknown {
  return path.split(".").reduce<unknown>((value, step) => {
    return typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;
  }, target);
}

function listAt(target: object, path: string): unknown[] {
  const found = valueAt(target, path);
  return Array.isArray(found) ? found : [];
}

function setAt(target: object, path: string, value: unknown): void {
  const steps = path.split(".");
  const last = steps.pop();
  if (last === undefined) throw new Error("a fix without a field");
  let place = target;
  for (const step of steps) {
    const next: unknown = Reflect.get(place, step);
    if (typeof next !== "object" || next === null) throw new Error(`there is no ${path} to change`);
    place = next;
  }
  if (value === undefined) Reflect.deleteProperty(place, last);
  else Reflect.set(place, last, value);
}
