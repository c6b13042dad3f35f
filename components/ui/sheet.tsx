"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { iconButtonStyle } from "./button-style";
import { cn } from "./cn";
import { useDialogFocus } from "./use-dialog-focus";

const WIDTHS = { regular: "max-w-xl", wide: "max-w-3xl" } as const;

type SheetProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  /** Beside the close button: previous, next, copy. */
  actions?: ReactNode;
  width?: keyof typeof WIDTHS;
  /** `start`: for navigation on a phone. */
  side?: "start" | "end";
  children: ReactNode;
};

/** The detail of something in the page, along the edge of the screen; the page stays in sight beside it. */
export function Sheet({
  open,
  onClose,
  title,
  description,
  actions,
  width = "regular",
  side = "end",
  children,
}: SheetProps) {
  const focus = useDialogFocus();
  return (
    <Primitive.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-arrive bg-scrim [--arrive-from:0_0]" />
        <Primitive.Content
          className={cn(
            "fixed inset-y-0 z-40 flex w-full animate-arrive flex-col bg-raised text-ink shadow-float",
            WIDTHS[width],
            side === "end" ? "inset-e-0 [--arrive-from:16px_0]" : "inset-s-0 max-w-xs [--arrive-from:-16px_0]",
          )}
          {...focus}
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
        >
          <div className="flex items-start justify-between gap-4 border-b px-5 py-3.5">
            <div className="min-w-0">
              <Primitive.Title className="wrap-anywhere font-semibold text-base">{title}</Primitive.Title>
              {description !== undefined && (
                <Primitive.Description className="text-dense text-muted">{description}</Primitive.Description>
              )}
            </div>
            <div className="-me-1.5 flex items-center gap-1">
              {actions}
              <Primitive.Close className={iconButtonStyle("quiet", "small")}>
                <X aria-hidden="true" />
                <span className="sr-only">Close</span>
              </Primitive.Close>
            </div>
          </div>
          <div className="flex-1 overflow-y-auto overscroll-contain px-5 py-5">{children}</div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
