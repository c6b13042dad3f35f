import { readFileSync } from "node:fs";
import { type Conversation, conversationOf } from "../conversation";
import { isTaskType, type TaskType } from "../task-types";

/** A prompt of our own with what it is and how hard it is. */
export type LabelledPrompt = {
  group: string;
  taskType: TaskType;
  /** How much better a strong model's answer is likely to be than a weak one's, 0 to 1. */
  difficulty: number;
  conversation: Conversation;
};

const FILES = ["agent", "assistant", "code", "math", "reasoning", "subjects", "multi-turn"] as const;
/** `<difficulty> <task type> [<subject>]: <prompt>`, with `\n` for line breaks. */
const LINE = /^(0\.\d+) ([a-z]+)(?: [a-z]+)?: (.+)$/;
const TURN_SEPARATOR = " ⏎ ";

/**
 * Reads the prompts that are committed beside this script.
 *
 * @throws Error that names the file and line that does not fit.
 */
export function readPrompts(): LabelledPrompt[] {
  return FILES.flatMap((file) => {
    const text = readFileSync(new URL(`./prompts/${file}.txt`, import.meta.url), "utf8");
    return text
      .trim()
      .split("\n")
      .map((line, index) => {
        const [, difficulty, taskType = "", prompt = ""] = LINE.exec(line) ?? [];
        if (difficulty === undefined || !isTaskType(taskType)) throw new Error(`${file}.txt:${index + 1} does not fit`);
        return {
          group: file,
          taskType,
          difficulty: Number(difficulty),
          conversation: conversationIn(prompt, taskType, index),
        };
      });
  });
}

/** Half of the agents' prompts come with tools, and half of the extractions with an output format, as in real traffic. */
function conversationIn(prompt: string, taskType: TaskType, index: number): Conversation {
  const isEven = index % 2 === 0;
  const turns = prompt.replaceAll("\\n", "\n").split(TURN_SEPARATOR);
  const conversation = conversationOf({ messages: turns.map((content) => ({ role: "user", content })) });
  return {
    ...conversation,
    tools: taskType === "agent" && isEven ? 4 : 0,
    jsonOutput: taskType === "extraction" && isEven,
  };
}
