"use client";

import { Pencil, Trash2 } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import type { PathStep } from "@/lib/chatroom/branches";
import { useChat } from "../chat-context";
import { FileView } from "./file-view";
import { VersionSwitch } from "./version-switch";

/** What the person asked, with its files; it can be asked in other words, which makes a branch. */
export function QuestionView({ step: { turn, branch } }: { step: PathStep }) {
  const { session, isFollower } = useChat();
  const [draft, setDraft] = useState<string>();
  const editButton = useRef<HTMLButtonElement>(null);
  const isBack = useRef(false);
  // Whoever changed nothing is where they were before.
  useEffect(() => {
    if (draft !== undefined || !isBack.current) return;
    isBack.current = false;
    editButton.current?.focus();
  }, [draft]);

  if (draft !== undefined) {
    const send = () => {
      setDraft(undefined);
      if (draft.trim() !== "") void session.edit(turn.id, draft.trim());
    };
    const cancel = () => {
      isBack.current = true;
      setDraft(undefined);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.nativeEvent.isComposing) return;
      if (event.key === "Escape") cancel();
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        send();
      }
    };
    return (
      <div className="grid gap-2">
        <Textarea
          autoFocus
          aria-label="Edit the question"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <div className="flex justify-end gap-2">
          <Button size="small" variant="quiet" onClick={cancel}>
            Cancel
          </Button>
          <Button size="small" variant="primary" onClick={send}>
            Ask again
          </Button>
        </div>
      </div>
    );
  }

  const remove = () => {
    const restore = session.deleteTurn(turn.id);
    toast({ title: "Deleted, with all that came after it", action: { label: "Undo", onClick: restore } });
  };

  return (
    <div className="group/question grid justify-items-end gap-1">
      <h2 className="sr-only">You</h2>
      {turn.attachments.length > 0 && (
        <div className="flex flex-wrap justify-end gap-2">
          {turn.attachments.map((file) => (
            <FileView key={file.id} file={file} />
          ))}
        </div>
      )}
      {turn.text !== "" && (
        <p className="wrap-anywhere max-h-96 overflow-y-auto whitespace-pre-wrap rounded-panel border bg-raised px-4 py-2.5 sm:max-w-[85%]">
          {turn.text}
        </p>
      )}
      <div className="flex items-center opacity-60 transition-opacity group-focus-within/question:opacity-100 group-hover/question:opacity-100">
        <VersionSwitch what="question" {...branch} onShow={(id) => session.showBranch(id)} />
        {turn.text !== "" && <CopyButton text={turn.text} label="Copy the question" variant="quiet" iconOnly />}
        {!isFollower && (
          <>
            <IconButton
              ref={editButton}
              label="Edit"
              size="small"
              data-edit-question
              onClick={() => setDraft(turn.text)}
            >
              <Pencil aria-hidden="true" />
            </IconButton>
            <IconButton label="Delete" size="small" onClick={remove}>
              <Trash2 aria-hidden="true" />
            </IconButton>
          </>
        )}
      </div>
    </div>
  );
}
