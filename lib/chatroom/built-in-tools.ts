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
      name: "fetch_url",
      from: FROM,
      asks: true,
      description: "The text of a public page of the web.",
      parameters: {
        type: "object",
        properties: { url: { type: "string", description: "An http(s) address." } },
        required: ["url"],
      },
      run: async ({ url }, signal) => {
        if (typeof url !== "string") throw new Error("url must be a string.");
        return fetchPage(url, signal);
      },
    },
  ];
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
