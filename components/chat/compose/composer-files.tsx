"use client";

import { X } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
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
  if (files.length === 0) return null;
  return (
    <div className="grid max-h-[40dvh] grid-cols-[minmax(0,1fr)] gap-3 overflow-y-auto px-3.5 pt-3.5">
      <ul aria-label="Files of this question" data-keeps-focus className="flex flex-wrap gap-3">
        {files.map((file) => (
          <li key={file.id} className="max-w-full">
            <FileView file={file} onRemove={() => onRemove(file.id)} />
          </li>
        ))}
      </ul>
      {files.some(({ kind }) => kind === "pdf") && (
        <div className="max-w-64">
          <SelectField
            label="Read PDFs with"
            value={view.room.settings.pdfEngine}
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
          </SelectField>
        </div>
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
