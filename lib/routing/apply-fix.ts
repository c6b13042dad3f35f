type Body = Readonly<Record<string, unknown>>;

/**
 * The body with all that an exclusion's `fix` says done to it, by the grammar of `rule.ts`; what it suggests after
 * ", or " is another way and is left alone. `undefined` when a part of it is no matter of the body: an environment
 * variable, a setting of the account, a shorter prompt.
 */
export function applyFix(body: Body, fix: string): Body | undefined {
  let now: Body | undefined = body;
  for (const clause of fix.split("; ")) {
    if (now === undefined) return undefined;
    now = applyClause(now, clause.split(", or ")[0] ?? "");
  }
  return now;
}

function applyClause(body: Body, clause: string): Body | undefined {
  if (/ at \/settings\//.test(clause)) return undefined;
  const [, verb = "", rest = ""] = /^(set|leave out|add|remove) (.+)$/.exec(clause) ?? [];
  switch (verb) {
    case "set":
      return set(body, rest);
    case "leave out":
      return /^[\w.]+$/.test(rest) ? changed(body, rest.split("."), () => undefined) : undefined;
    case "add": {
      const [, value = "", path = ""] = /^("[^"]+") to ([\w.]+)$/.exec(rest) ?? [];
      return path === "" ? undefined : changed(body, path.split("."), (list) => [...listOf(list), JSON.parse(value)]);
    }
    case "remove":
      return remove(body, rest);
    default:
      return undefined;
  }
}

function set(body: Body, rest: string): Body | undefined {
  const [, path = "", value = ""] = /^([a-z][a-z_.]*) to (.+)$/.exec(rest) ?? [];
  if (path === "") return undefined;
  const limit = /^(\d+) or less$/.exec(value)?.[1];
  if (limit !== undefined) {
    return changed(body, path.split("."), (now) => Math.min(Number(limit), typeof now === "number" ? now : Infinity));
  }
  const parsed = parse(value);
  return parsed === undefined ? undefined : changed(body, path.split("."), () => parsed);
}

function remove(body: Body, rest: string): Body | undefined {
  const parts = /^the (\w+) parts from messages$/.exec(rest)?.[1];
  if (parts !== undefined) {
    return changed(body, ["messages"], (messages) => listOf(messages).map((message) => withoutParts(message, parts)));
  }
  const [, value = "", path = ""] = /^("[^"]+") from ([\w.]+)$/.exec(rest) ?? [];
  if (path === "") return undefined;
  const unwanted = String(JSON.parse(value)).toLowerCase();
  return changed(body, path.split("."), (list) =>
    listOf(list).filter((entry) => String(entry).toLowerCase() !== unwanted),
  );
}

function withoutParts(message: unknown, kind: string): unknown {
  if (!isBody(message) || !Array.isArray(message.content)) return message;
  const isWanted = (part: unknown) => !(isBody(part) && String(part.type).includes(kind));
  return { ...message, content: message.content.filter(isWanted) };
}

/** A price stays the exact text that it is. */
function parse(text: string): unknown {
  if (/^\d+\.\d+$/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The body with another value at `path`; with `undefined` the field is gone, and an object that held nothing else. */
function changed(body: Body, path: readonly string[], change: (value: unknown) => unknown): Body {
  const [name = "", ...rest] = path;
  const { [name]: before, ...others } = body;
  const inner = isBody(before) ? before : {};
  const after = rest.length === 0 ? change(before) : changed(inner, rest, change);
  if (after === undefined || (rest.length > 0 && isBody(after) && Object.keys(after).length === 0)) return others;
  // In its old place, so that the text of the body moves as little as can be.
  return { ...body, [name]: after };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isBody(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
