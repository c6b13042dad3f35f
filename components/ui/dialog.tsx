"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import { cn } from "./cn";
import { CloseIcon } from "./icons";

type DialogProps = {
  open: boolean;
  /** Called for every way out: Escape, the close button, a click beside the dialog. */
  onClose: () => void;
  title: string;
  description?: ReactNode;
  /** A click beside it or Escape does nothing: for what is shown only once. */
  persistent?: boolean;
  /** `side`: a panel along the right edge of the screen. */
  placement?: "center" | "side";
  children: ReactNode;
};

const PLACEMENT = {
  center:
    "m-auto max-h-[calc(100dvh-2rem)] w-[min(32rem,calc(100vw-2rem))] rounded-panel border shadow-panel open:starting:opacity-0",
  side: "ms-auto me-0 my-0 h-dvh max-h-none w-[min(34rem,100vw)] border-s shadow-panel open:starting:translate-x-6 open:starting:opacity-0",
} as const satisfies Record<string, string>;

/**
 * A modal dialog on the browser's own `<dialog>`: it traps the focus, makes the page behind it inert and gives the focus
 * back where it was. The element marked `data-initial-focus` has it first, or else the close button.
 */
export function Dialog({
  open,
  onClose,
  title,
  description,
  persistent = false,
  placement = "center",
  children,
}: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null || dialog.open === open) return;
    if (open) {
      dialog.showModal();
      dialog.querySelector<HTMLElement>("[data-initial-focus]")?.focus();
    } else {
      dialog.close();
    }
  }, [open]);

  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      className={cn(
        "overflow-y-auto overscroll-contain border-line bg-raised text-ink transition-[opacity,translate] duration-200 ease-calm backdrop:bg-scrim",
        PLACEMENT[placement],
      )}
      onClose={onClose}
      onCancel={(event) => persistent && event.preventDefault()}
      // A second Escape closes a dialog whatever became of its cancel event, unless the key itself is taken away.
      onKeyDown={(event) => persistent && event.key === "Escape" && event.preventDefault()}
      onClick={(event) => {
        if (!persistent && event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      {open && (
        <div className="p-5 sm:p-6">
          <div className="flex items-start justify-between gap-4">
            <h2 id={titleId} className="font-semibold text-lg">
              {title}
            </h2>
            {!persistent && (
              <button
                type="button"
                className="-me-1.5 -mt-1 rounded-control p-1.5 text-muted hover:bg-sunken hover:text-ink"
                onClick={() => ref.current?.close()}
              >
                <CloseIcon />
                <span className="sr-only">Close</span>
              </button>
            )}
          </div>
          {description !== undefined && <p className="mt-1.5 text-muted text-sm">{description}</p>}
          <div className="mt-5">{children}</div>
        </div>
      )}
    </dialog>
  );
}
