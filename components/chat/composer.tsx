"use client";

import { ArrowUp, Square } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { Button } from "@/components/ui/button";

type ComposerProps = {
  draft: string;
  onDraft: (draft: string) => void;
  onSubmit: () => void;
  isAnswering: boolean;
  onStop: () => void;
  /** Absent while there is nothing to clear. */
  onClear?: () => void;
  /** What is chosen beside the text: the model. */
  children: ReactNode;
};

export function Composer({ draft, onDraft, onSubmit, isAnswering, onStop, onClear, children }: ComposerProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes a character, Enter accepts that character.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onSubmit();
  };

  return (
    <form
      className="rounded-panel border border-edge bg-raised outline-signal has-[textarea:focus-visible]:outline-2"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <label htmlFor="composer" className="sr-only">
        Message
      </label>
      <textarea
        id="composer"
        rows={2}
        value={draft}
        aria-describedby="composer-keys"
        placeholder="Ask anything"
        className="field-sizing-content block max-h-[40dvh] min-h-16 w-full resize-none bg-transparent px-4 pt-3 text-base outline-none"
        onChange={(event) => onDraft(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="flex items-center gap-2 px-2.5 pb-2.5">
        <div className="min-w-0 flex-1">{children}</div>
        {onClear !== undefined && (
          <Button variant="quiet" size="small" onClick={onClear}>
            New chat
          </Button>
        )}
        <span id="composer-keys" className="hidden text-muted text-xs lg:inline">
          Enter sends, Shift+Enter adds a line
        </span>
        {isAnswering ? (
          <Button variant="secondary" className="px-3" onClick={onStop}>
            <Square aria-hidden="true" className="fill-current" />
            Stop
          </Button>
        ) : (
          <Button type="submit" variant="primary" className="px-3" disabled={draft.trim() === ""}>
            <ArrowUp aria-hidden="true" />
            Send
          </Button>
        )}
      </div>
    </form>
  );
}
