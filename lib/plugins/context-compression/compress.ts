import type { ChatMessage } from "@/lib/schemas/chat-request";
import { keepEnds, type SizedUnit, withoutDoubledTurns } from "./keep-ends";
import { shortenMessage } from "./shorten-message";
import { type CountText, GAP } from "./shorten-text";
import { isInstruction, type Unit, unitsOf } from "./units";

export type CompressionLimits = {
  /** The endpoint's context, for the notice. */
  contextTokens: number;
  /** What the messages may have of it. */
  limitTokens: number;
  /** The most messages that the provider takes; `undefined`: any number. */
  maxMessages: number | undefined;
};

export type Compressed = {
  messages: readonly ChatMessage[];
  /** What was left out, in words; `undefined`: nothing. */
  notice: string | undefined;
};

/** How the tokens of a prompt are counted. */
export type Counter = {
  text: CountText;
  message: (message: ChatMessage) => number | Promise<number>;
};

/** A piece of a message that is smaller than this says nothing. */
const LEAST_PIECE_TOKENS = 48;
/** What is left of the longest pinned messages when they alone are too long. */
const LEAST_PINNED_TOKENS = 64;

/**
 * Makes a conversation fit by leaving out its middle: what comes first and last matters most, and models heed it most.
 * Instructions, the first and the last message stay; calls of tools and their results go together; the sides go on
 * alternating. Where a whole message more would have to go than is needed, a part of it stays. The same input gives the
 * same output.
 *
 * @returns `undefined` when what must stay cannot be made to fit.
 */
export async function compress(
  messages: readonly ChatMessage[],
  limits: CompressionLimits,
  count: Counter,
): Promise<Compressed | undefined> {
  const all = unitsOf(messages);
  const fewer = limits.maxMessages === undefined ? all : keepMessages(all, limits.maxMessages);
  // One after another: counted together, they would hold the event loop for the sum of all.
  const sized: SizedUnit[] = [];
  for (const unit of fewer) sized.push(await sizedUnit(unit, count));
  const fitted = sizeOf(sized) <= limits.limitTokens ? sized : await fitTokens(sized, limits.limitTokens, count);
  if (fitted === undefined || sizeOf(fitted) > limits.limitTokens) return undefined;
  const kept = fitted.flatMap((unit) => unit.messages);
  const original = new Set(messages);
  return {
    messages: kept,
    notice: noticeOf(messages.length, kept.length, kept.filter((message) => !original.has(message)).length, limits),
  };
}

function keepMessages(units: readonly Unit[], maxMessages: number): readonly Unit[] {
  const sized = units.map((unit) => ({ ...unit, size: unit.messages.length }));
  if (sizeOf(sized) <= maxMessages) return units;
  return withoutDoubledTurns(sized, keepEnds(sized, maxMessages));
}

async function fitTokens(
  units: readonly SizedUnit[],
  limit: number,
  count: Counter,
): Promise<readonly SizedUnit[] | undefined> {
  const kept = keepEnds(units, limit);
  const pieced = await withPiece(units, kept, limit, count);
  const alternating = withoutDoubledTurns(pieced.all, pieced.kept);
  return sizeOf(alternating) <= limit ? alternating : shortenPinned(alternating, limit, count);
}

/** Fills the room that is left with a part of the message that is next to what is kept, if it has room for a part. */
async function withPiece(
  all: readonly SizedUnit[],
  kept: readonly SizedUnit[],
  limit: number,
  count: Counter,
): Promise<{ all: readonly SizedUnit[]; kept: readonly SizedUnit[] }> {
  const room = limit - sizeOf(kept);
  const isKept = new Set(kept);
  const dropped = all.filter((unit) => !isKept.has(unit));
  const [first, last] = [dropped[0], dropped.at(-1)];
  for (const [unit, cut] of [
    [last, "start"],
    [first, "end"],
  ] as const) {
    const [message, ...others] = unit?.messages ?? [];
    if (unit === undefined || message === undefined || others.length > 0 || room < LEAST_PIECE_TOKENS) continue;
    const piece = await shortenMessage(message, unit.size - room, cut, count.text);
    if (piece === undefined || piece.content === "" || hasNoText(piece)) continue;
    const sized = await sizedUnit({ messages: [piece], isPinned: false }, count);
    if (sized.size > room || sized.size < LEAST_PIECE_TOKENS) continue;
    const replaced = all.map((entry) => (entry === unit ? sized : entry));
    return { all: replaced, kept: replaced.filter((entry) => entry === sized || isKept.has(entry)) };
  }
  return { all, kept };
}

function hasNoText({ content }: ChatMessage): boolean {
  return Array.isArray(content) && !content.some((part) => part.type === "text" && part.text.trim() !== GAP.trim());
}

/** What must stay is too long by itself: its longest messages are shortened in the middle, instructions last. */
async function shortenPinned(
  units: readonly SizedUnit[],
  limit: number,
  count: Counter,
): Promise<readonly SizedUnit[] | undefined> {
  const pinned = units.filter(({ isPinned }) => isPinned);
  const order = pinned.toSorted(
    (a, b) => Number(isInstruction(a.messages[0])) - Number(isInstruction(b.messages[0])) || b.size - a.size,
  );
  const shorter = new Map<SizedUnit, SizedUnit>();
  let excess = sizeOf(pinned) - limit;
  for (const unit of order) {
    if (excess <= 0) break;
    const reduced = await sizedUnit(await shortenUnit(unit, excess, count), count);
    shorter.set(unit, reduced);
    excess -= unit.size - reduced.size;
  }
  return excess > 0 ? undefined : pinned.map((unit) => shorter.get(unit) ?? unit);
}

async function shortenUnit(unit: SizedUnit, excess: number, count: Counter): Promise<Unit> {
  const messages = [...unit.messages];
  const sizes: number[] = [];
  for (const message of messages) sizes.push(await count.message(message));
  const longestFirst = [...messages.keys()].sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0));
  let left = excess;
  for (const index of longestFirst) {
    const [message, size] = [messages[index], sizes[index] ?? 0];
    const spare = Math.min(left, size - LEAST_PINNED_TOKENS);
    if (message === undefined || spare <= 0) continue;
    const shorter = await shortenMessage(message, spare, "middle", count.text);
    if (shorter === undefined) continue;
    messages[index] = shorter;
    left -= size - (await count.message(shorter));
  }
  return { messages, isPinned: unit.isPinned };
}

async function sizedUnit({ messages, isPinned }: Unit, count: Counter): Promise<SizedUnit> {
  let size = 0;
  for (const message of messages) size += await count.message(message);
  return { messages, isPinned, size };
}

function sizeOf(units: readonly SizedUnit[]): number {
  return units.reduce((sum, { size }) => sum + size, 0);
}

function noticeOf(
  total: number,
  kept: number,
  shortened: number,
  { contextTokens, maxMessages }: CompressionLimits,
): string | undefined {
  const dropped = total - kept;
  if (dropped === 0 && shortened === 0) return undefined;
  const what = [
    ...(dropped > 0 ? [`${dropped} of ${total} messages dropped`] : []),
    ...(shortened > 0 ? [`${shortened} ${shortened === 1 ? "message" : "messages"} shortened`] : []),
  ].join(" and ");
  const isByCount = maxMessages !== undefined && total > maxMessages;
  return `${what} to fit ${isByCount ? `${maxMessages} messages and ` : ""}${contextTokens} tokens`;
}
