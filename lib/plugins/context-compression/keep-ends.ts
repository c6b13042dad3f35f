import { isInstruction, type Unit } from "./units";

/** A unit with its size in whatever is limited: messages, or tokens. */
export type SizedUnit = Unit & { size: number };

/**
 * Keeps pinned units and as many others as fit, half of the room for those at the start and half for those at the end;
 * what one half leaves over goes to the other. What is dropped is one stretch in the middle, pinned units apart.
 */
export function keepEnds(units: readonly SizedUnit[], limit: number): readonly SizedUnit[] {
  const pinned = units.filter(({ isPinned }) => isPinned).reduce((sum, { size }) => sum + size, 0);
  let left = limit - pinned;
  let [from, to] = [0, units.length];
  let [head, tail] = [0, 0];
  const share = limit / 2;
  const take = (index: number): number | undefined => {
    const unit = units[index];
    if (unit === undefined) return undefined;
    if (!unit.isPinned && unit.size > left) return undefined;
    if (!unit.isPinned) left -= unit.size;
    return unit.size;
  };
  // First each end up to its share, then whatever still fits, from the end backwards: the newer is worth more.
  for (let size = sizeAt(units, from); from < to && head + size <= share; size = sizeAt(units, from)) {
    if (take(from) === undefined) break;
    head += size;
    from += 1;
  }
  for (let size = sizeAt(units, to - 1); from < to && tail + size <= share; size = sizeAt(units, to - 1)) {
    if (take(to - 1) === undefined) break;
    tail += size;
    to -= 1;
  }
  while (from < to && take(to - 1) !== undefined) to -= 1;
  while (from < to && take(from) !== undefined) from += 1;
  const start = units.slice(0, from);
  const end = units.slice(to);
  const between = units.slice(from, to).filter(({ isPinned }) => isPinned);
  return [...start, ...between, ...end];
}

/**
 * Drops what would stand beside a message of its own side where the middle is gone, so that the sides go on
 * alternating. Pinned units stay.
 */
export function withoutDoubledTurns<T extends Unit>(all: readonly T[], kept: readonly T[]): readonly T[] {
  const places = new Map(all.map((unit, index) => [unit, index]));
  const turns = kept.filter(({ messages: [first] }) => !isInstruction(first));
  const gap = turns.findIndex((unit, index) => {
    const before = turns[index - 1];
    return before !== undefined && turnsBetween(all, places.get(before) ?? 0, places.get(unit) ?? 0);
  });
  const [before, after] = [turns[gap - 1], turns[gap]];
  if (gap === -1 || before === undefined || after === undefined || sideAtEnd(before) !== sideAtStart(after))
    return kept;
  const doubled = !after.isPinned ? after : !before.isPinned ? before : undefined;
  return doubled === undefined
    ? kept
    : withoutDoubledTurns(
        all,
        kept.filter((unit) => unit !== doubled),
      );
}

function turnsBetween(all: readonly Unit[], from: number, to: number): boolean {
  return all.slice(from + 1, to).some(({ messages: [first] }) => !isInstruction(first));
}

/** Results of tools are the user's side, as their callers are the assistant's. */
function sideAtEnd({ messages }: Unit): "user" | "assistant" {
  return messages.at(-1)?.role === "assistant" ? "assistant" : "user";
}

function sideAtStart({ messages: [first] }: Unit): "user" | "assistant" {
  return first?.role === "assistant" ? "assistant" : "user";
}

function sizeAt(units: readonly SizedUnit[], index: number): number {
  return units[index]?.size ?? 0;
}
