import type { ChatMessage } from "@/lib/schemas/chat-request";
import { type FileAnnotation, fileAnnotationSchema } from "@/lib/schemas/file-annotation";

/** What earlier answers told of files, by hash: clients send it back on the assistant's messages. */
export function recalledFiles(messages: readonly ChatMessage[]): ReadonlyMap<string, FileAnnotation> {
  let found: Map<string, FileAnnotation> | undefined;
  for (const message of messages) {
    for (const annotation of annotationsOf(message)) {
      found ??= new Map();
      found.set(annotation.file.hash, annotation);
    }
  }
  return found ?? NONE;
}

/** The files that one message tells of. What is none of ours is passed over. */
export function annotationsOf(message: ChatMessage): readonly FileAnnotation[] {
  if (message.role !== "assistant" || !Array.isArray(message.annotations)) return [];
  return message.annotations.flatMap((annotation) => fileAnnotationSchema.safeParse(annotation).data ?? []);
}

const NONE: ReadonlyMap<string, FileAnnotation> = new Map();
