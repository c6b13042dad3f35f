import { renderFile } from "@/lib/plugins/file-parser/parsed-file";
import { annotationsOf } from "@/lib/plugins/file-parser/recalled-files";
import type { ChatMessage, ChatRequest, ContentPart } from "@/lib/schemas/chat-request";

/**
 * A request that holds no file itself, but what answers told of files: their words go back to where the files were, with
 * the question before the answer that tells of them. The request itself where no answer does.
 */
export function recallFiles(request: ChatRequest): ChatRequest {
  if (!request.messages.some(hasAnnotations)) return request;
  const messages: ChatMessage[] = [];
  for (const message of request.messages) {
    const files = annotationsOf(message).flatMap(({ file }) =>
      renderFile({ parts: file.content }, file.name ?? "document", { seesImages: false }),
    );
    const asked = files.length === 0 ? -1 : messages.findLastIndex(({ role }) => role === "user");
    const question = messages[asked];
    if (question?.role === "user") messages[asked] = { ...question, content: [...partsOf(question.content), ...files] };
    messages.push(message);
  }
  return { ...request, messages };
}

function hasAnnotations(message: ChatMessage): boolean {
  return message.role === "assistant" && Array.isArray(message.annotations) && annotationsOf(message).length > 0;
}

function partsOf(content: ChatMessage["content"]): readonly ContentPart[] {
  return typeof content === "string" ? [{ type: "text", text: content }] : (content ?? []);
}
