"use client";

import { useRef } from "react";
import { isRunning } from "@/lib/chatroom/answer-events";
import { textOf } from "@/lib/chatroom/answer-totals";
import type { Answer } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";

const MAX_CHARS = 1_500;

/**
 * Tells a screen reader that answers are on their way, and reads each once it is whole: piece by piece would be noise, and
 * so would be what was answered before this page, or this room, was opened.
 */
export function AnswerAnnouncer() {
  const { view, models } = useChat();
  const answers = view.path.at(-1)?.answers ?? [];
  const seenRunning = useRef(new Set<string>());
  for (const { answer } of answers) if (isRunning(answer)) seenRunning.current.add(answer.id);
  const isSeveral = answers.length > 1;
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {answers.map(({ answer }) => {
        const words = seenRunning.current.has(answer.id) ? announcementOf(answer) : "";
        const name = models.get(answer.requestedModelId)?.name ?? answer.requestedModelId;
        return <p key={answer.id}>{isSeveral && words !== "" ? `${name}: ${words}` : words}</p>;
      })}
    </div>
  );
}

function announcementOf(answer: Answer): string {
  if (isRunning(answer)) return "The model is answering.";
  const whole = textOf(answer);
  const text =
    whole.length > MAX_CHARS ? `${whole.slice(0, MAX_CHARS)}… The whole answer is in the conversation.` : whole;
  switch (answer.state.kind) {
    case "stopped":
      return `Stopped. ${text}`;
    case "lost":
      return `The connection was lost. ${text}`;
    case "failed":
      // The message itself stands in an alert, which is announced by its own.
      return "";
    case "waiting":
    case "streaming":
    case "tools":
    case "done":
      return `Answer: ${text}`;
  }
}
