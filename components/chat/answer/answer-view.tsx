"use client";

import { MoreHorizontal, Play, RotateCcw, Square, Trash2 } from "lucide-react";
import { memo } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { isRunning } from "@/lib/chatroom/answer-events";
import { textOf } from "@/lib/chatroom/answer-totals";
import type { ShownAnswer } from "@/lib/chatroom/branches";
import { answerMarkdown, citationsOf } from "@/lib/chatroom/room-markdown";
import type { Answer } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";
import { AnswerFacts } from "./answer-facts";
import { AnswerText } from "./answer-text";
import { AnswerTrouble } from "./answer-trouble";
import { Picture } from "./picture";
import { ToolSteps } from "./tool-steps";
import { useAnswer } from "./use-answer";
import { VersionSwitch } from "./version-switch";

type AnswerViewProps = {
  turnId: string;
  shown: ShownAnswer;
  isOneOfSeveral: boolean;
  className?: string | undefined;
};

/** One model's answer with all that is known of it and all that can be done with it. */
export const AnswerView = memo(function AnswerView({ turnId, shown, isOneOfSeveral, className }: AnswerViewProps) {
  const { models, isFollower } = useChat();
  const answer = useAnswer(shown.answer);
  const model = models.get(answer.requestedModelId);
  const isComing = isRunning(answer);
  return (
    <article
      aria-label={model?.name ?? answer.requestedModelId}
      aria-busy={isComing}
      // Takes the focus when a button of it goes away; see use-kept-focus.ts.
      tabIndex={-1}
      className={cn("outline-offset-4", className)}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <h3 className="truncate font-semibold text-sm" title={answer.requestedModelId}>
          {model?.name ?? answer.requestedModelId}
        </h3>
        {answer.rounds.map((_round, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rounds are only ever added at the end
          <RoundView key={index} answer={answer} index={index} isComing={isComing} />
        ))}
        {isComing && answer.firstTokenMs === null && <Waiting />}
        <Citations answer={answer} />
        <AnswerTrouble state={answer.state} requestedModelId={answer.requestedModelId} />
        <AnswerFacts answer={answer} model={model} />
        {!isFollower && <Actions turnId={turnId} answer={answer} shown={shown} isOneOfSeveral={isOneOfSeveral} />}
      </div>
    </article>
  );
});

function RoundView({ answer, index, isComing }: { answer: Answer; index: number; isComing: boolean }) {
  const round = answer.rounds[index];
  if (round === undefined) return null;
  const isLast = index === answer.rounds.length - 1;
  // A continued answer reads as one text: its rounds are drawn together, with the first.
  const [before, next] = [answer.rounds[index - 1], answer.rounds[index + 1]];
  const isContinuation = before !== undefined && before.toolSteps.length === 0;
  const text = isContinuation ? "" : continuedText(answer, index);
  return (
    <>
      {round.reasoning !== "" && (
        <details className="border-s-2 ps-3.5 text-muted text-sm">
          <summary className="py-0.5">
            {isComing && isLast && round.text === "" ? "Thinking" : "What it thought"}
          </summary>
          <p className="wrap-anywhere mt-2 max-h-96 overflow-y-auto whitespace-pre-wrap">{round.reasoning}</p>
        </details>
      )}
      {text !== "" && <AnswerText text={text} isComing={isComing && (isLast || next?.toolSteps.length === 0)} />}
      {round.images.length > 0 && (
        <div className="flex flex-wrap gap-3">
          {round.images.map((image) => (
            <Picture
              key={image.id}
              file={image}
              className="max-h-96 min-h-24 min-w-24 max-w-full rounded-control border"
            />
          ))}
        </div>
      )}
      {round.toolSteps.length > 0 && <ToolSteps steps={round.toolSteps} />}
    </>
  );
}

function continuedText({ rounds }: Answer, from: number): string {
  let end = from + 1;
  while (end < rounds.length && rounds[end - 1]?.toolSteps.length === 0) end += 1;
  return textOf({ rounds: rounds.slice(from, end) });
}

function Waiting() {
  return (
    <p className="flex items-center gap-2.5 text-muted text-sm">
      <span aria-hidden="true" className="size-2 animate-breathe rounded-full bg-signal" />
      Waiting for the first words
    </p>
  );
}

function Citations({ answer }: { answer: Answer }) {
  const citations = citationsOf(answer);
  if (citations.length === 0) return null;
  return (
    <ol aria-label="Sources" className="flex flex-wrap gap-x-4 gap-y-1 text-dense">
      {citations.map(({ url, title, content }, index) => (
        <li key={url} className="max-w-full truncate">
          <span className="text-muted">{index + 1}. </span>
          <a
            href={url}
            target="_blank"
            rel="noopener noreferrer nofollow"
            title={content === "" ? title : `${title}\n\n${content.slice(0, 300)}`}
            className="text-signal underline underline-offset-4"
          >
            {title === url ? new URL(url).hostname : title}
          </a>
        </li>
      ))}
    </ol>
  );
}

const GOES_ON = new Set(["lost", "stopped", "failed"]);

type ActionsProps = Pick<AnswerViewProps, "turnId" | "shown" | "isOneOfSeveral"> & { answer: Answer };

function Actions({ turnId, answer, shown, isOneOfSeveral }: ActionsProps) {
  const { session, open } = useChat();
  const { slotId } = answer;
  const hasText = textOf(answer) !== "";
  const hasFailed = answer.state.kind === "lost" || answer.state.kind === "failed";
  const canGoOn = hasText && (GOES_ON.has(answer.state.kind) || answer.rounds.at(-1)?.finishReason === "length");
  if (isRunning(answer)) {
    // The composer's own button stops all.
    if (!isOneOfSeveral) return null;
    return (
      <div>
        <Button variant="quiet" size="small" className="-ms-2" onClick={() => session.stop(answer.id)}>
          <Square aria-hidden="true" className="size-3.5" />
          Stop this one
        </Button>
      </div>
    );
  }
  return (
    <div className={cn("flex flex-wrap items-center gap-1", !hasFailed && "-ms-2")}>
      {hasText && <CopyButton text={answerMarkdown(answer)} label="Copy" variant="quiet" iconOnly />}
      {canGoOn && (
        <Button
          variant={hasFailed ? "secondary" : "quiet"}
          size="small"
          onClick={() => session.continueAnswer(turnId, answer.id)}
        >
          <Play aria-hidden="true" />
          Continue
        </Button>
      )}
      <Button variant={hasFailed ? "secondary" : "quiet"} size="small" onClick={() => session.retry(turnId, slotId)}>
        <RotateCcw aria-hidden="true" />
        Try again
      </Button>
      <VersionSwitch
        what="answer"
        {...shown.version}
        onShow={(answerId) => session.showAnswer(turnId, slotId, answerId)}
      />
      <Menu
        label="More to do with this answer"
        align="start"
        trigger={
          <IconButton label="More" size="small">
            <MoreHorizontal aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem icon={<RotateCcw />} onSelect={() => open({ kind: "retry-with", turnId, slotId })}>
          Try with another model
        </MenuItem>
        <MenuItem icon={<Trash2 />} tone="danger" onSelect={() => session.deleteAnswer(turnId, answer.id)}>
          Delete this answer
        </MenuItem>
      </Menu>
    </div>
  );
}
