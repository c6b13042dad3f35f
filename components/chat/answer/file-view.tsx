"use client";

import { FileAudio, FileText, X } from "lucide-react";
import { useEffect, useState } from "react";
import { formatBytes } from "@/components/ui/format-bytes";
import { IconButton } from "@/components/ui/icon-button";
import type { FileReference } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";
import { Picture } from "./picture";
import { useFileUrl } from "./use-file-url";

/** More than is seen of it. */
const BEGINNING_BYTES = 400;

type FileViewProps = { file: FileReference; onRemove?: () => void };

/** A file of a question: a picture as one, sound to be heard, everything else by its name. */
export function FileView({ file, onRemove }: FileViewProps) {
  const remove = onRemove !== undefined && (
    <IconButton
      label={`Remove ${file.name}`}
      size="small"
      className="absolute -end-2 -top-2 size-6 rounded-full border-line bg-raised"
      onClick={onRemove}
    >
      <X aria-hidden="true" className="size-3" />
    </IconButton>
  );
  if (file.kind === "image") {
    return (
      <div className="relative">
        <Picture file={file} className="size-20 rounded-control border object-cover" />
        {remove}
      </div>
    );
  }
  return (
    <div className="relative flex h-20 w-56 max-w-full flex-col max-sm:w-48 gap-1 rounded-control border bg-raised px-3 py-2">
      <p className="flex min-w-0 items-center gap-2 text-dense">
        {file.kind === "audio" ? (
          <FileAudio aria-hidden="true" className="shrink-0" />
        ) : (
          <FileText aria-hidden="true" className="shrink-0" />
        )}
        <span className="truncate" title={file.name}>
          {file.name}
        </span>
      </p>
      {file.kind === "text" && <Beginning file={file} />}
      <div className="mt-auto">
        {file.kind === "audio" ? <Sound file={file} /> : <p className="text-muted text-xs">{sizeOf(file)}</p>}
      </div>
      {remove}
    </div>
  );
}

function Sound({ file }: { file: FileReference }) {
  const url = useFileUrl(file.id);
  if (url === undefined || url === null) return null;
  // biome-ignore lint/a11y/useMediaCaption: what somebody has just said or attached has no captions
  return <audio controls src={url} aria-label={file.name} className="h-8 w-full" />;
}

/** The first words of a text, by which it is known better than by its name. */
function Beginning({ file }: { file: FileReference }) {
  const { home } = useChat();
  const [beginning, setBeginning] = useState("");
  useEffect(() => {
    let isGone = false;
    const read = async () => {
      const blob = await home.roomStore.getFile(file.id);
      const text = (await blob?.slice(0, BEGINNING_BYTES).text()) ?? "";
      if (!isGone) setBeginning(text.replace(/\s+/g, " ").trim());
    };
    void read().catch(() => undefined);
    return () => {
      isGone = true;
    };
  }, [home, file.id]);
  return <p className="truncate font-mono text-muted text-xs">{beginning}</p>;
}

function sizeOf({ kind, bytes, pages }: FileReference): string {
  const size = formatBytes(Math.max(1, bytes));
  const name = kind === "pdf" ? "PDF" : "Text";
  return pages === undefined ? `${name}, ${size}` : `${name}, ${pages} ${pages === 1 ? "page" : "pages"}, ${size}`;
}
