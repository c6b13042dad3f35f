"use client";

import { X } from "lucide-react";
import { useId } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import type { FileReference } from "@/lib/schemas/chatroom";
import { PDF_ENGINES } from "@/lib/schemas/room-choices";
import { FileView } from "../answer/file-view";
import { useChat } from "../chat-context";
import type { Refused } from "./use-attachments";

const ENGINE_NAMES: Readonly<Record<(typeof PDF_ENGINES)[number], string>> = {
  auto: "As it fits the model",
  native: "The model itself",
  "pdf-text": "Text only (free)",
  "mistral-ocr": "OCR, for scans",
};

type ComposerFilesProps = { files: readonly FileReference[]; onRemove: (id: string) => void };

/** The files of the question that is being written, and how its PDFs are read. */
export function ComposerFiles({ files, onRemove }: ComposerFilesProps) {
  const { view, changeSettings } = useChat();
  const engineId = useId();
  if (files.length === 0) return null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-3.5 pt-1.5">
      {/* One row on a phone, which would have no room left for the question. */}
      <ul
        aria-label="Files of this question"
        data-keeps-focus
        className="flex max-h-[30dvh] gap-3 overflow-auto pt-2 pe-2 sm:flex-wrap"
      >
        {files.map((file) => (
          <li key={file.id} className="max-w-full shrink-0">
            <FileView file={file} onRemove={() => onRemove(file.id)} />
          </li>
        ))}
      </ul>
      {files.some(({ kind }) => kind === "pdf") && (
        <label htmlFor={engineId} className="flex items-center gap-2.5 text-dense">
          <span className="shrink-0 text-muted">Read PDFs with</span>
          <span className="w-52 min-w-0">
            <Select
              id={engineId}
              value={view.room.settings.pdfEngine}
              className="min-h-control-small py-0 text-dense"
              onChange={(event) => {
                const engine = PDF_ENGINES.find((one) => one === event.target.value);
                if (engine !== undefined) changeSettings({ pdfEngine: engine });
              }}
            >
              {PDF_ENGINES.map((engine) => (
                <option key={engine} value={engine}>
                  {ENGINE_NAMES[engine]}
                </option>
              ))}
            </Select>
          </span>
        </label>
      )}
    </div>
  );
}

/** The files that cannot be sent, each with the reason. */
export function RefusedFiles({ refused, onDismiss }: { refused: readonly Refused[]; onDismiss: () => void }) {
  if (refused.length === 0) return null;
  return (
    <Notice tone="danger">
      <div className="flex items-start gap-3">
        <ul className="max-h-40 min-w-0 flex-1 overflow-y-auto">
          {refused.map(({ id, name, reason }) => (
            <li key={id}>
              {name}: {reason}
            </li>
          ))}
        </ul>
        <IconButton label="Dismiss" size="small" onClick={onDismiss}>
          <X aria-hidden="true" />
        </IconButton>
      </div>
    </Notice>
  );
}
