"use client";

import { ArrowUp, Paperclip, SlidersHorizontal, Square } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, memo, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import { parseSlashCommand } from "@/lib/chatroom/slash-commands";
import { whoIsAsked } from "@/lib/chatroom/who-is-asked";
import { useChat } from "../chat-context";
import { ComposerFiles, RefusedFiles } from "./composer-files";
import { ComposerOptions } from "./composer-options";
import { CostLine } from "./cost-line";
import { useDroppedFiles } from "./file-drop";
import { PassedOver, whatItTakes } from "./passed-over";
import { useAttachments } from "./use-attachments";
import { useCommands } from "./use-commands";
import { useDraft } from "./use-draft";
import { useSlashMenu } from "./use-slash-menu";
import { VoiceButton } from "./voice-button";

/** Where questions are written, with their files and what goes with them. */
export const Composer = memo(function Composer() {
  const { session, view, models, isFollower, home, open } = useChat();
  const { text: draft, setText: onDraft } = useDraft();
  const attachments = useAttachments();
  const runCommand = useCommands();
  const [trouble, setTrouble] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  const pick = useDroppedFiles(attachments.add);
  const slash = useSlashMenu(draft, (written) => {
    onDraft(written);
    field.current?.focus();
  });

  const { room, isAnswering } = view;
  const { asked, passedOver } = whoIsAsked({
    models: room.models,
    settings: room.settings,
    attachments: attachments.files,
    factOf: (id) => models.get(id),
  });

  // Where the focus is when a room opens: a phone would cover half of it with its keyboard.
  // biome-ignore lint/correctness/useExhaustiveDependencies: its change is the event
  useEffect(() => {
    if (window.matchMedia("(pointer: fine)").matches) field.current?.focus();
  }, [room.id]);

  const submit = () => {
    const text = draft.trim();
    const command = parseSlashCommand(text);
    if (command !== undefined) {
      if (runCommand(command)) onDraft("");
      return;
    }
    if (isAnswering || (text === "" && attachments.files.length === 0)) return;
    if (asked.length === 0) {
      open({ kind: "add-model", able: whatItTakes(room.settings.image, attachments.files) });
      return;
    }
    onDraft("");
    setTrouble(undefined);
    void session.ask(text, attachments.files).then(() => home.refreshRooms());
    attachments.clear();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes a character, Enter accepts that character.
    if (event.nativeEvent.isComposing) return;
    if (slash.takeKey(event)) {
      event.preventDefault();
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "ArrowUp" && draft === "") {
      const buttons = document.querySelectorAll<HTMLButtonElement>("[data-edit-question]");
      const last = buttons[buttons.length - 1];
      if (last === undefined) return;
      event.preventDefault();
      last.click();
    }
  };

  const onPaste = (event: ClipboardEvent) => {
    const { types } = event.clipboardData;
    // Office programs put a picture beside the text that was copied; the text is what is meant.
    if (types.includes("text/plain") && types.includes("text/html")) {
      event.stopPropagation();
    }
  };

  if (isFollower) {
    return (
      <div className="mx-auto w-full max-w-3xl px-4 pb-4 sm:px-6">
        <Notice tone="neutral">
          This room is open in another tab; what is said there is shown here.{" "}
          <button type="button" className="underline underline-offset-4" onClick={() => home.takeOver()}>
            Write here instead
          </button>
        </Notice>
      </div>
    );
  }

  return (
    <div className="mx-auto grid w-full max-w-3xl gap-1.5 px-4 pb-3 sm:px-6">
      <RefusedFiles refused={attachments.refused} onDismiss={attachments.dismiss} />
      <PassedOver passedOver={passedOver} files={attachments.files} isNobodyLeft={asked.length === 0} />
      {trouble !== undefined && <Notice tone="danger">{trouble}</Notice>}
      <div className="relative rounded-panel border border-edge/75 bg-raised transition-colors has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:outline-signal has-[textarea:focus-visible]:outline-offset-1">
        {slash.menu}
        <ComposerFiles files={attachments.files} onRemove={attachments.remove} />
        <textarea
          ref={field}
          id="composer"
          aria-label="Message"
          placeholder={room.settings.image ? "Describe a picture" : "Ask anything"}
          rows={1}
          value={draft}
          aria-controls={slash.active?.listId}
          aria-activedescendant={slash.active?.optionId}
          className="field-sizing-content block max-h-[40dvh] min-h-12 w-full resize-none bg-transparent px-3.5 pt-3 pb-1 text-base outline-none"
          onChange={(event) => {
            home.prepareToAsk();
            onDraft(event.target.value);
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <div className="flex items-center gap-0.5 p-1.5">
          <IconButton label="Attach files" size="small" onClick={pick}>
            <Paperclip aria-hidden="true" />
          </IconButton>
          <VoiceButton onRecorded={(file) => attachments.add([file])} onTrouble={setTrouble} />
          <ComposerOptions />
          <IconButton label="Room settings" size="small" onClick={() => open({ kind: "settings" })}>
            <SlidersHorizontal aria-hidden="true" />
          </IconButton>
          <div className="ms-auto">
            {isAnswering ? (
              <Button size="small" onClick={() => session.stop()}>
                <Square aria-hidden="true" className="size-3.5" />
                Stop
              </Button>
            ) : (
              <IconButton
                label="Send"
                shortcut="Enter"
                variant="primary"
                size="small"
                aria-disabled={draft.trim() === "" && attachments.files.length === 0}
                onClick={submit}
              >
                <ArrowUp aria-hidden="true" />
              </IconButton>
            )}
          </div>
        </div>
      </div>
      <CostLine draft={draft} files={attachments.files} asked={asked} />
    </div>
  );
});
