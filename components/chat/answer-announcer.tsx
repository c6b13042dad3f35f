import { type Answer, isRunning } from "./answer";

/** Tells a screen reader that an answer is on its way, and reads it once it is whole: piece by piece would be noise. */
export function AnswerAnnouncer({ answer }: { answer: Answer | null }) {
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {answer !== null && announcementOf(answer)}
    </div>
  );
}

function announcementOf(answer: Answer): string {
  if (isRunning(answer)) return "The model is answering.";
  switch (answer.state.kind) {
    case "stopped":
      return `Stopped. ${answer.text}`;
    case "lost":
      return `The connection was lost. ${answer.text}`;
    case "failed":
      // The message itself stands in an alert, which is announced by its own.
      return "";
    case "waiting":
    case "streaming":
    case "done":
      return `Answer: ${answer.text}`;
  }
}
