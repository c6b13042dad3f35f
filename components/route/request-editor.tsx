"use client";

import { useId, useRef } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { StatusDot } from "@/components/ui/status-dot";
import { Textarea } from "@/components/ui/textarea";
import type { Problem } from "./read-request";

type RequestEditorProps = {
  text: string;
  problems: readonly Problem[];
  onType: (text: string) => void;
  /** Writes the text anew, two spaces an indent; absent while it cannot be read. */
  onTidy: (() => void) | undefined;
};

/** The body as JSON, with the number of each line and what is wrong on it. */
export function RequestEditor({ text, problems, onType, onTidy }: RequestEditorProps) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const wrong = new Set(problems.map(({ line }) => line));
  const lines = text.split("\n");

  const goTo = (line: number) => {
    const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
    area.current?.focus();
    area.current?.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  };

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex items-center justify-between gap-4">
        <label htmlFor={id} className="font-medium text-sm">
          Request body
        </label>
        {onTidy !== undefined && (
          <Button size="small" variant="quiet" onClick={onTidy}>
            Tidy up
          </Button>
        )}
      </div>
      <div className="relative">
        <div
          aria-hidden="true"
          className="pointer-events-none absolute inset-y-px start-px w-10 overflow-hidden rounded-s-control border-e bg-sunken py-1.5 text-end font-mono text-xs leading-5"
        >
          <div ref={gutter}>
            {lines.map((_, index) => (
              <div
                // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
                key={index}
                className={cn("pe-2 text-muted", wrong.has(index + 1) && "bg-danger-wash font-semibold text-danger")}
              >
                {index + 1}
              </div>
            ))}
          </div>
        </div>
        <Textarea
          ref={area}
          id={id}
          value={text}
          onChange={(event) => onType(event.target.value)}
          onScroll={(event) => {
            if (gutter.current !== null) gutter.current.style.translate = `0 ${-event.currentTarget.scrollTop}px`;
          }}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          aria-invalid={problems.length > 0 || undefined}
          aria-describedby={problems.length > 0 ? `${id}-problems` : undefined}
          className="block min-h-72 resize-none whitespace-pre ps-13 font-mono text-base leading-5 md:max-h-[32rem] md:text-xs md:leading-5"
        />
      </div>
      <ul id={`${id}-problems`} aria-live="polite" aria-label="Problems" className="grid gap-1 empty:hidden">
        {problems.map(({ line, message }) => (
          <li key={`${line} ${message}`}>
            <button
              type="button"
              onClick={() => goTo(line)}
              className="wrap-anywhere flex items-baseline gap-2 text-start text-danger text-dense underline-offset-4 hover:underline"
            >
              <StatusDot status="stop" className="translate-y-px" />
              <span>
                <span className="font-medium">Line {line}:</span> {message}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
