"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { iconButtonStyle } from "./button-style";
import { cn } from "./cn";
import { useDialogFocus } from "./use-dialog-focus";

const WIDTHS = { narrow: "max-w-md", regular: "max-w-xl", wide: "max-w-4xl" } as const;

type DialogProps = {
  open: boolean;
  /** Called for every way out: Escape, the close button, a click beside the dialog. */
  onClose: () => void;
  title: string;
  description?: ReactNode;
  /** A click beside it or Escape does nothing: for what is shown only once. */
  persistent?: boolean;
  width?: keyof typeof WIDTHS;
  /** `alertdialog`: a question that must be answered before anything else. */
  role?: "dialog" | "alertdialog";
  children: ReactNode;
};

/** Something to be done before going on. The element marked `data-initial-focus` has the focus first. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  persistent = false,
  width = "regular",
  role = "dialog",
  children,
}: DialogProps) {
  const focus = useDialogFocus();
  const stay = (event: Event) => persistent && event.preventDefault();
  return (
    <Primitive.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 grid animate-arrive place-items-center overflow-y-auto bg-scrim p-4 [--arrive-from:0_0]">
          <Primitive.Content
            role={role}
            className={cn(
              "w-full animate-arrive rounded-panel bg-raised p-5 text-ink shadow-float sm:p-6",
              WIDTHS[width],
            )}
            {...focus}
            onEscapeKeyDown={stay}
            onInteractOutside={stay}
            {...(description === undefined ? { "aria-describedby": undefined } : {})}
          >
            <div className="flex items-start justify-between gap-4">
              <Primitive.Title className="font-semibold text-lg">{title}</Primitive.Title>
              {!persistent && (
                <Primitive.Close className={iconButtonStyle("quiet", "small", "-me-1.5")}>
                  <X aria-hidden="true" />
                  <span className="sr-only">Close</span>
                </Primitive.Close>
              )}
            </div>
            {description !== undefined && (
              <Primitive.Description className="mt-1 text-muted text-sm">{description}</Primitive.Description>
            )}
            <div className="mt-5">{children}</div>
          </Primitive.Content>
        </Primitive.Overlay>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
