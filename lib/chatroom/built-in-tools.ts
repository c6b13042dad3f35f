import { calculate } from "./calculate";
import type { ChatTool } from "./tool-box";

const FROM = "Built in";

/** The tools that every room has. `fetchPage` gives the words of a page of the web; the person is asked before. */
export function builtInTools(
  now: () => Date,
  fetchPage: (url: string, signal: AbortSignal) => Promise<string>,
): ChatTool[] {
  return [
    {
      id: "clock",
      name: "clock",
      from: FROM,
      asks: false,
      description: "The current date and time, in the reader's time zone unless another is named.",
      parameters: {
        type: "object",
        properties: { time_zone: { type: "string", description: "An IANA name such as Europe/Berlin." } },
      },
      run: async ({ time_zone }) => timeIn(now(), typeof time_zone === "string" ? time_zone : undefined),
    },
    {
      id: "calculator",
      name: "calculator",
      from: FROM,
      asks: false,
      description:
        "The exact value of an expression: numbers, + - * / % ^, brackets, sqrt, round, min, max, sin, ln and such.",
      parameters: {
        type: "object",
        properties: { expression: { type: "string" } },
        required: ["expression"],
      },
      run: async ({ expression }) => {
        if (typeof expression !== "string") throw new Error("expression must be a string.");
        return String(calculate(expression));
      },
    },
    {
      id: "fetch_url",
      name: "fetch_url",
      from: FROM,
      asks: true,
      description: "The text of a public page of the web.",
      parameters: {
        type: "object",
        properties: { url: { type: "string", description: "An http(s) address." } },
        required: ["url"],
      },
      addressOf: ({ url }) => pageAddress(url),
      run: async ({ url }, signal) => {
        const address = pageAddress(url);
        if (address === undefined) throw new Error("url must be an http(s) address.");
        return fetchPage(address.href, signal);
      },
    },
  ];
}

/** Without a name and a password, which are not sent and make an address look like another's. */
function pageAddress(url: unknown): URL | undefined {
  if (typeof url !== "string" || !URL.canParse(url)) return undefined;
  const address = new URL(url);
  if (address.protocol !== "http:" && address.protocol !== "https:") return undefined;
  address.username = "";
  address.password = "";
  return address;
}

function timeIn(date: Date, timeZone: string | undefined): string {
  try {
    const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
    const local = date.toLocaleString("en-GB", { timeZone: zone, dateStyle: "full", timeStyle: "long" });
    return `${local} (${zone}); UTC ${date.toISOString()}`;
  } catch {
    throw new Error(`There is no time zone called ${timeZone}.`);
  }
}
