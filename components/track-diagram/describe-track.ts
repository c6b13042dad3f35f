import { isTravelled } from "./layout-track";
import type { Track } from "./track";

/** The diagram in a sentence: what happened, how many others there were. */
export function describeTrack(track: Track): string {
  const { lines } = track;
  const count = (kind: Track["lines"][number]["state"]["kind"]) =>
    lines.filter(({ state }) => state.kind === kind).length;
  return [outcomeOf(track), others(count("waiting"), track.isPlan), excludedText(count("excluded"))]
    .filter((part) => part !== "")
    .join(" ");
}

function outcomeOf({ lines }: Track): string {
  const tried = lines.filter(isTravelled);
  const last = tried.at(-1);
  const failures = tried.filter(({ state }) => state.kind === "failed").length;
  if (last === undefined) return lines.length === 0 ? "No endpoint was considered." : "No endpoint was asked.";
  switch (last.state.kind) {
    case "served": {
      const first = lines.find(({ state }) => state.kind === "served") ?? last;
      return failures === 0
        ? `Served by ${first.provider}.`
        : `Served by ${first.provider}, after ${failures} ${failures === 1 ? "other" : "others"} failed.`;
    }
    case "set":
      return `${last.provider} would be tried first.`;
    case "failed":
      return failures === 1 ? `${last.provider} failed.` : `All ${failures} that were tried failed.`;
    case "waiting":
    case "excluded":
      return "";
  }
}

function others(count: number, isPlan: boolean): string {
  if (count === 0) return "";
  const verb = isPlan ? "would follow" : count === 1 ? "was not needed" : "were not needed";
  return `${count} more ${verb}.`;
}

function excludedText(count: number): string {
  if (count === 0) return "";
  return `${count} ${count === 1 ? "was" : "were"} excluded.`;
}
