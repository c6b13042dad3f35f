"use client";

import { FileUp } from "lucide-react";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import { useDropzone } from "react-dropzone";
import { useChat } from "../chat-context";

type FileSource = {
  /** Opens the browser's own picker. */
  pick: () => void;
  /** @returns what ends it */
  onFiles: (receiver: (files: readonly File[]) => void) => () => void;
};

const FileSourceContext = createContext<FileSource | undefined>(undefined);

/** Files that are dropped on the room, pasted into it, or picked, for whoever takes them: the composer. */
export function FileDrop({ children }: { children: ReactNode }) {
  const { isFollower } = useChat();
  const receiver = useRef<(files: readonly File[]) => void>(undefined);
  const { getRootProps, getInputProps, open, isDragActive } = useDropzone({
    // What a file is, is decided by its content; see `lib/chatroom/check-attachment.ts`.
    onDrop: (files) => receiver.current?.(files),
    noDrag: isFollower,
    noClick: true,
    noKeyboard: true,
  });
  const source = useMemo<FileSource>(
    () => ({
      pick: open,
      onFiles: (next) => {
        receiver.current = next;
        return () => {
          if (receiver.current === next) receiver.current = undefined;
        };
      },
    }),
    [open],
  );
  return (
    <FileSourceContext value={source}>
      <div {...getRootProps({ className: "relative flex min-w-0 flex-1 flex-col" })}>
        {children}
        {/* Hidden by its attribute: the library's inline style would be refused by our Content Security Policy. */}
        <input {...getInputProps({ hidden: true, style: {}, "aria-label": "Files to attach" })} />
        {isDragActive && (
          <div className="pointer-events-none absolute inset-0 z-20 p-3">
            <div className="grid size-full place-content-center justify-items-center gap-2 rounded-panel border-2 border-signal border-dashed bg-raised/90 p-6 text-center">
              <FileUp aria-hidden="true" className="size-8 text-signal" />
              <p className="font-semibold">Drop the files here</p>
              <p className="text-dense text-muted">Images, PDFs, recordings, text and code</p>
            </div>
          </div>
        )}
      </div>
    </FileSourceContext>
  );
}

/** Gives `receive` all files that come into the room. @returns what opens the browser's picker */
export function useDroppedFiles(receive: (files: readonly File[]) => void): () => void {
  const source = useContext(FileSourceContext);
  if (source === undefined) throw new Error("useDroppedFiles is for the parts of a FileDrop");
  useEffect(() => source.onFiles(receive), [source, receive]);
  return source.pick;
}
