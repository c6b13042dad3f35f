import type { GenerationSummary } from "@/lib/schemas/generation";

type Cell = string | number | boolean | null;

/** What is exported of a generation, in the order of the columns. Amounts are exact decimals in USD, times UTC. */
const FIELDS: readonly (readonly [name: string, cell: (generation: GenerationSummary) => Cell])[] = [
  ["created_at", ({ createdAt }) => createdAt],
  ["id", ({ id }) => id],
  ["model", ({ modelId }) => modelId],
  ["requested_model", ({ requestedModel }) => requestedModel],
  ["provider", ({ providerName }) => providerName],
  ["endpoint", ({ endpointTag }) => endpointTag],
  ["key_name", ({ keyName }) => keyName],
  ["key_label", ({ keyLabel }) => keyLabel],
  ["app", ({ app }) => app],
  ["tokens_prompt", ({ promptTokens }) => promptTokens],
  ["tokens_cached", ({ cachedTokens }) => cachedTokens],
  ["tokens_completion", ({ completionTokens }) => completionTokens],
  ["tokens_reasoning", ({ reasoningTokens }) => reasoningTokens],
  ["cost_usd", ({ costUsd }) => costUsd],
  ["tokens_per_second", ({ tokensPerSecond }) => (tokensPerSecond === null ? null : round(tokensPerSecond))],
  ["first_token_ms", ({ firstTokenMs }) => firstTokenMs],
  ["generation_ms", ({ generationMs }) => generationMs],
  ["streamed", ({ streamed }) => streamed],
  ["state", ({ state }) => state],
  ["finish_reason", ({ finishReason }) => finishReason],
  ["is_byok", ({ isByok }) => isByok],
  ["insured", ({ insured }) => insured],
  ["estimated", ({ estimated }) => estimated],
  ["sandbox", ({ sandbox }) => sandbox],
];

/** The first line of an exported CSV file. */
export const CSV_HEADER = csvLine(FIELDS.map(([name]) => name));

/** A generation as a line of a CSV file. */
export function csvRow(generation: GenerationSummary): string {
  return csvLine(FIELDS.map(([, cell]) => cell(generation)));
}

/** A generation as an object of an exported JSON file. */
export function jsonRow(generation: GenerationSummary): string {
  return JSON.stringify(Object.fromEntries(FIELDS.map(([name, cell]) => [name, cell(generation)])));
}

/** A line of a CSV file (RFC 4180), its end included. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (typeof cell !== "string") return cell === null ? "" : String(cell);
  // Spreadsheets run what begins like a formula, and clients name their own apps (OWASP, CSV injection, read 2026-11).
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function round(value: number): number {
  return Number(value.toFixed(2));
}
