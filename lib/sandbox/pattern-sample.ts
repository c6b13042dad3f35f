/**
 * A short text that matches the regular expression `pattern`, made by walking the pattern: first alternative, first
 * member of a class, the least repetition that is not nothing. Look-around and back-references are taken as empty, so
 * patterns that need them may not be met. The pattern is never executed: it came with a request.
 */
export function samplePattern(pattern: string): string {
  return new PatternWalk(pattern).alternatives();
}

const MAX_REPEAT = 64;
const ESCAPED_CLASSES: Readonly<Record<string, string>> = {
  d: "1",
  D: "a",
  w: "a",
  W: "-",
  s: " ",
  S: "a",
  b: "",
  B: "",
};
const ESCAPED_CONTROLS: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", f: "\f", v: "\v", 0: "\0" };
/** Tried in this order for a class that lists what is forbidden. */
const CANDIDATES = "aA1-_ .,:/é";

type CharRange = { from: number; to: number };

class PatternWalk {
  private readonly pattern: string;
  private position = 0;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  /** Reads up to the end of the group; keeps the first alternative. */
  alternatives(): string {
    const first = this.sequence();
    while (this.peek() === "|") {
      this.position += 1;
      this.sequence();
    }
    return first;
  }

  private peek(): string {
    return this.pattern.charAt(this.position);
  }

  private next(): string {
    const char = this.peek();
    this.position += 1;
    return char;
  }

  private sequence(): string {
    let text = "";
    while (this.position < this.pattern.length && this.peek() !== "|" && this.peek() !== ")") {
      const atom = this.atom();
      text += atom.repeat(this.repetition());
    }
    return text;
  }

  private repetition(): number {
    let count = 1;
    const counted = /^\{(\d+)(,(\d*))?\}/.exec(this.pattern.slice(this.position));
    if (counted) {
      this.position += counted[0].length;
      const least = Number(counted[1]);
      count = least === 0 && counted[3] !== "0" && counted[2] !== undefined ? 1 : least;
    } else if (this.peek() === "*" || this.peek() === "+" || this.peek() === "?") {
      count = this.next() === "?" ? 0 : 1;
    } else return 1;
    if (this.peek() === "?" || this.peek() === "+") this.position += 1;
    return Math.min(count, MAX_REPEAT);
  }

  private atom(): string {
    const char = this.next();
    if (char === "(") return this.group();
    if (char === "[") return this.characterClass();
    if (char === "\\") return this.escape();
    if (char === ".") return "a";
    return char === "^" || char === "$" ? "" : char;
  }

  private group(): string {
    const look = /^\?(?:<?[=!])/.exec(this.pattern.slice(this.position));
    const prefix = /^\?(?::|<[^>=!]*>)/.exec(this.pattern.slice(this.position));
    this.position += (look ?? prefix)?.[0].length ?? 0;
    const inner = this.alternatives();
    this.position += 1;
    return look ? "" : inner;
  }

  private escape(): string {
    const char = this.next();
    if (char === "p" || char === "P") {
      const name = /^\{[^}]*\}/.exec(this.pattern.slice(this.position))?.[0] ?? "";
      this.position += name.length;
      return /^\{(?:N|Nd)\}$/.test(name) ? "1" : /^\{(?:Lu|Uppercase)/.test(name) ? "A" : "a";
    }
    if (char === "u" || char === "x") {
      const hex = /^(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2,4}))/.exec(this.pattern.slice(this.position));
      this.position += hex?.[0].length ?? 0;
      return String.fromCodePoint(Number.parseInt(hex?.[1] ?? hex?.[2] ?? "61", 16));
    }
    if (char >= "1" && char <= "9") return "";
    return ESCAPED_CLASSES[char] ?? ESCAPED_CONTROLS[char] ?? char;
  }

  private characterClass(): string {
    const isNegated = this.peek() === "^";
    if (isNegated) this.position += 1;
    const ranges: CharRange[] = [];
    while (this.position < this.pattern.length && this.peek() !== "]") {
      const from = this.classMember(ranges);
      if (from === null) continue;
      if (this.peek() === "-" && this.pattern.charAt(this.position + 1) !== "]") {
        this.position += 1;
        const to = this.classMember(ranges) ?? from;
        ranges.push({ from, to });
      } else ranges.push({ from, to: from });
    }
    this.position += 1;
    const isListed = (code: number) => ranges.some((range) => code >= range.from && code <= range.to);
    if (isNegated) return [...CANDIDATES].find((char) => !isListed(char.codePointAt(0) ?? 0)) ?? "~";
    const readable = [..."a1A"].find((char) => isListed(char.codePointAt(0) ?? 0));
    return readable ?? String.fromCodePoint(ranges[0]?.from ?? 97);
  }

  /** One member of a class: a code point, or `null` after a shorthand such as `\d`, which is added to `ranges`. */
  private classMember(ranges: CharRange[]): number | null {
    if (this.peek() !== "\\") return this.next().codePointAt(0) ?? null;
    this.position += 1;
    const shorthand = this.peek();
    const added = SHORTHAND_RANGES[shorthand];
    if (added !== undefined) {
      this.position += 1;
      ranges.push(...added);
      return null;
    }
    return this.escape().codePointAt(0) ?? null;
  }
}

const SHORTHAND_RANGES: Readonly<Record<string, readonly CharRange[]>> = {
  d: [{ from: 48, to: 57 }],
  w: [
    { from: 97, to: 122 },
    { from: 65, to: 90 },
    { from: 48, to: 57 },
    { from: 95, to: 95 },
  ],
  s: [{ from: 32, to: 32 }],
  S: [{ from: 33, to: 126 }],
};
