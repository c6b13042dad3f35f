import type { FileReference, Turn } from "@/lib/schemas/chatroom";

/** The files that a turn names: those of its question, and the pictures of all of its answers. */
export function namedFiles({ attachments, answers }: Pick<Turn, "attachments" | "answers">): FileReference[] {
  return [...attachments, ...answers.flatMap(({ rounds }) => rounds.flatMap(({ images }) => images))];
}
