"use client";

import type { ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Notice } from "./notice";

type ConfirmDialogProps = {
  open: boolean;
  onClose: () => void;
  /** A question. */
  title: string;
  /** What will be, and what can be undone. */
  description: ReactNode;
  /** Names the act: "Revoke key", not "OK". */
  confirmLabel: string;
  cancelLabel?: string;
  onConfirm: () => void;
  isBusy?: boolean;
  error?: string | undefined;
};

/** Asks before something is destroyed. The harmless answer has the focus. */
export function ConfirmDialog({
  open,
  onClose,
  title,
  description,
  confirmLabel,
  cancelLabel = "Keep it",
  onConfirm,
  isBusy = false,
  error,
}: ConfirmDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={title} description={description} width="narrow" role="alertdialog">
      <div className="grid gap-5">
        {error !== undefined && <Notice tone="danger">{error}</Notice>}
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="quiet" data-initial-focus onClick={onClose}>
            {cancelLabel}
          </Button>
          <Button variant="danger" busy={isBusy} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
