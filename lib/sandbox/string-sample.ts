import { condense, type Hints } from "@/lib/sandbox/read-hints";
import { hashOf } from "@/lib/sandbox/seeded-random";

/** One fixed value for each format of JSON Schema, so that equal requests get equal answers. */
const FORMATS: Readonly<Record<string, string>> = {
  "date-time": "2026-01-15T09:30:00Z",
  time: "09:30:00Z",
  duration: "PT30M",
  email: "ada@example.com",
  "idn-email": "ada@example.com",
  hostname: "example.com",
  "idn-hostname": "example.com",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  uri: "https://example.com/sandbox",
  url: "https://example.com/sandbox",
  "uri-reference": "/sandbox",
  iri: "https://example.com/sandbox",
  "json-pointer": "/value",
  regex: "^.+$",
  byte: "c2FuZGJveA==",
};

type Source = (hints: Hints, nextName: () => string) => string;

const sentence: Source = (hints) => `A sandbox answer about ${hints.topics.slice(0, 3).join(", ") || "your request"}.`;

/** What a property's name asks for; the first match counts. */
const BY_NAME: readonly (readonly [RegExp, Source])[] = [
  [/e?mail/i, () => "ada@example.com"],
  [/^(?:ur[il]|link|href|website)|_?(?:url|uri|link)$/i, () => "https://example.com/sandbox"],
  [/date|day$|^day|deadline|birthday/i, (hints) => hints.dates[0] ?? "2026-01-15"],
  [/(?:^|_)(?:time|timestamp|created_?at|updated_?at)$/i, () => "09:30"],
  [/phone|tel$/i, () => "+1 555 0100"],
  [/currency/i, (hints) => /\b(?:USD|EUR|GBP|JPY|CHF)\b/.exec(hints.text)?.[0] ?? "USD"],
  [/units?$/i, () => "celsius"],
  [/lang(?:uage)?$|locale/i, () => "en"],
  [/colou?r/i, () => "blue"],
  [/(?:^|_|[a-z])(?:id|ID|Id|uuid|key|code|sku)$|number$/, (hints) => readReference(hints)],
  [
    /query|question|prompt|search|keyword|^q$|message|input|request|expression|content|text$|body|note/i,
    (hints) => condense(hints.text, 120) || "sandbox",
  ],
  [/summary|description|reason|explanation|answer|analysis|comment|detail|conclusion|response|output/i, sentence],
  [
    /city|location|place|country|town|region|address|destination|origin|^from$|^to$|where|station|airport/i,
    (_hints, nextName) => nextName(),
  ],
  [
    /name|person|author|title|product|item|label|subject|topic|company|brand|user|recipient/i,
    (_hints, nextName) => nextName(),
  ],
  [/path|file/i, () => "sandbox/example.txt"],
];

/** Hands out strings for the properties of one value; names from the request are used up one after another. */
export function createStringSampler(hints: Hints) {
  let used = 0;
  const nextName = () => {
    const fallback = hints.topics[used - hints.names.length] ?? hints.names.at(-1) ?? hints.topics[0] ?? "sandbox";
    const name = hints.names[used] ?? capitalised(fallback);
    used += 1;
    return name;
  };
  return {
    next(name: string, schema: Readonly<Record<string, unknown>>): string {
      if (schema.format === "date") return hints.dates[0] ?? "2026-01-15";
      if (schema.format === "uuid") return uuidOf(`${name}:${hints.text}`);
      const format = typeof schema.format === "string" ? FORMATS[schema.format] : undefined;
      if (format !== undefined) return format;
      for (const [pattern, source] of BY_NAME) {
        if (pattern.test(name)) return source(hints, nextName);
      }
      return hints.names[0] ?? hints.topics[0] ?? "sandbox";
    },
  };
}

/** An identifier as people write them (`A-1042`, `ORD_77`), or one made from the text. */
function readReference(hints: Hints): string {
  const written = hints.text.match(/\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z_-])[A-Za-z0-9][\w-]{2,40}\b|\b\d{3,}\b/g) ?? [];
  const reference = written.find((candidate) => !hints.dates.includes(candidate));
  return reference ?? `id-${hashOf(hints.text).toString(16)}`;
}

function uuidOf(text: string): string {
  const hex = [0, 1, 2, 3].map((part) => hashOf(`${part}:${text}`).toString(16).padStart(8, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
