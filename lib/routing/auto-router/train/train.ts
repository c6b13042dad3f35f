// Trains the Auto Router's weights, and with `--evaluate` prints what they are worth on prompts they have not seen:
//
//   npx tsx lib/routing/auto-router/train/train.ts <outcomes.jsonl[.gz]> [--evaluate]
//
// The outcomes are third-party data and not committed: JSON lines `{set, prompt, scores: {model: 0..1}}`, made from
// ulab-uiuc/LLMRouter (github.com/ulab-uiuc/LLMRouter, MIT licence). Our own prompts are in `prompts/`.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { evaluatePrompts, evaluateSets } from "./evaluate";
import { readOutcomes } from "./read-outcomes";
import { readPrompts } from "./read-prompts";
import { trainWeights } from "./train-weights";

const [file, ...options] = process.argv.slice(2);
if (file === undefined) {
  process.stderr.write("Usage: tsx lib/routing/auto-router/train/train.ts <outcomes.jsonl[.gz]> [--evaluate]\n");
  process.exit(1);
}

const prompts = readPrompts();
const outcomes = readOutcomes(file);
if (options.includes("--evaluate")) report();
const target = fileURLToPath(new URL("../weights.json", import.meta.url));
const text = `${JSON.stringify(trainWeights(prompts, outcomes))}\n`;
writeFileSync(target, text);
print(`${target}: ${text.length} bytes, from ${prompts.length} prompts of our own and ${outcomes.length} outcomes`);

function report(): void {
  const sets = evaluateSets(prompts, outcomes);
  print("| set | prompts | pairs | length alone | router, set unseen | router, prompts unseen |");
  print("| --- | --- | --- | --- | --- | --- |");
  for (const { set, prompts: count, pairs, length, unseenSet, unseenPrompts } of sets) {
    print(`| ${set} | ${count} | ${pairs} | ${numbers([length, unseenSet, unseenPrompts]).join(" | ")} |`);
  }
  const average = (value: (set: (typeof sets)[number]) => number) => {
    return sets.reduce((sum, set) => sum + value(set), 0) / sets.length;
  };
  const means = [
    average(({ length }) => length),
    average(({ unseenSet }) => unseenSet),
    average(({ unseenPrompts }) => unseenPrompts),
  ];
  print(`| mean | | | ${numbers(means).join(" | ")} |`);
  const own = evaluatePrompts(prompts, outcomes);
  print(`task types, held-out prompts of our own: ${numbers([own.taskTypeAccuracy]).join()} right`);
  for (const [group, value] of own.rankCorrelation) {
    print(`order of difficulty, ${group}: rank correlation ${numbers([value]).join()}`);
  }
}

function numbers(values: readonly number[]): string[] {
  return values.map((value) => value.toFixed(3));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
