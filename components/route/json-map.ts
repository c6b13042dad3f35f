/** Where things are in a JSON text, or what is wrong with it first. Lines and columns count from 1. */
export type JsonMap =
  | {
      kind: "ok";
      value: unknown;
      /** The line of a field (`provider.sort`, `messages[0].content`); of what holds it where it is not there. */
      lineOf: (field: string) => number;
    }
  | { kind: "broken"; line: number; column: number; problem: string };

/**
 * Reads JSON and remembers on which line every field stands. The browser's own parser says what is wrong in words that
 * differ from browser to browser, and not where a field is.
 */
export function mapJson(text: string): JsonMap {
  const reader = new Reader(text);
  try {
    const value = reader.readDocument();
    return { kind: "ok", value, lineOf: (field) => lineAt(text, offsetOf(field, reader.offsets)) };
  } catch (thrown) {
    if (!(thrown instanceof Broken)) throw thrown;
    const before = text.slice(0, thrown.offset);
    const column = thrown.offset - before.lastIndexOf("\n");
    return { kind: "broken", line: lineAt(text, thrown.offset), column, problem: thrown.message };
  }
}

class Broken extends Error {
  readonly offset: number;

  constructor(offset: number, message: string) {
    super(message);
    this.offset = offset;
  }
}

/** Deeper than the API takes. */
const MAX_DEPTH = 200;

class Reader {
  readonly offsets = new Map<string, number>();
  private readonly text: string;
  private at = 0;

  constructor(text: string) {
    this.text = text;
  }

  readDocument(): unknown {
    this.skipSpace();
    if (this.at === this.text.length) throw new Broken(0, "the request is empty; it must be a JSON object");
    const value = this.readValue("", 0);
    this.skipSpace();
    if (this.at < this.text.length) throw new Broken(this.at, "nothing may follow the end of the request");
    return value;
  }

  private readValue(field: string, depth: number): unknown {
    if (depth > MAX_DEPTH) throw new Broken(this.at, "this is nested too deeply");
    if (!this.offsets.has(field)) this.offsets.set(field, this.at);
    const character = this.text[this.at];
    if (character === "{") return this.readObject(field, depth);
    if (character === "[") return this.readArray(field, depth);
    if (character === '"') return this.readString();
    return this.readWord();
  }

  private readObject(field: string, depth: number): unknown {
    const entries: [string, unknown][] = [];
    this.readList("}", "a field in double quotes", () => {
      const start = this.at;
      if (this.text[start] !== '"') throw new Broken(this.at, 'a field\'s name in double quotes must be here, or "}"');
      const name = this.readString();
      const inner = field === "" ? name : `${field}.${name}`;
      this.offsets.set(inner, start);
      this.skipSpace();
      if (this.text[this.at] !== ":") throw new Broken(this.at, `a colon must follow "${name}"`);
      this.at += 1;
      this.skipSpace();
      entries.push([name, this.readValue(inner, depth + 1)]);
    });
    return Object.fromEntries(entries);
  }

  private readArray(field: string, depth: number): unknown {
    const values: unknown[] = [];
    this.readList("]", "a value", () => {
      values.push(this.readValue(`${field}[${values.length}]`, depth + 1));
    });
    return values;
  }

  /** What stands between brackets, with a comma after each but the last. */
  private readList(end: "}" | "]", what: string, readEntry: () => void): void {
    const opened = this.at;
    const open = this.text[opened];
    this.at += 1;
    this.skipSpace();
    if (this.text[this.at] === end) {
      this.at += 1;
      return;
    }
    for (;;) {
      readEntry();
      this.skipSpace();
      const next = this.text[this.at];
      if (next === undefined) {
        throw new Broken(this.at, `"${end}" is missing for the "${open}" of line ${lineAt(this.text, opened)}`);
      }
      if (next !== "," && next !== end) throw new Broken(this.at, `a comma or "${end}" must be here`);
      this.at += 1;
      if (next === end) return;
      this.skipSpace();
      if (this.text[this.at] === end) throw new Broken(this.at, `${what} must follow the comma, or the comma must go`);
    }
  }

  private readString(): string {
    const start = this.at;
    const found = this.match(STRING);
    if (found === undefined) throw new Broken(start, "this text has no end: a double quote is missing on its line");
    this.at += found.length;
    return this.parsed(start, found, "this text holds an escape that JSON does not know");
  }

  private readWord(): unknown {
    const start = this.at;
    const word = this.match(WORD) ?? "";
    if (word === "") throw new Broken(start, "a value must be here");
    this.at += word.length;
    return this.parsed(start, word, `${word} is no JSON value: text stands in double quotes`);
  }

  private parsed<Value>(start: number, text: string, problem: string): Value {
    try {
      return JSON.parse(text);
    } catch {
      throw new Broken(start, problem);
    }
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0];
  }

  private skipSpace(): void {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? "")) this.at += 1;
  }
}

// Sticky: they match at their `lastIndex` or not at all.
const STRING = /"(?:[^"\\\n]|\\.)*"/y;
const WORD = /[^\s,:[\]{}"]+/y;

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/** The field's own place, or that of the nearest around it. */
function offsetOf(field: string, offsets: ReadonlyMap<string, number>): number {
  let name = field;
  while (name !== "") {
    const offset = offsets.get(name);
    if (offset !== undefined) return offset;
    name = name.slice(0, Math.max(0, name.lastIndexOf("."), name.lastIndexOf("[")));
  }
  return offsets.get("") ?? 0;
}
