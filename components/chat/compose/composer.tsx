"use client";

import { ArrowUp, Paperclip, SlidersHorizontal, Square } from "lucide-react";
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  memo,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select-field";
import { parseSlashCommand, suggestSlashCommands } from "@/lib/chatroom/slash-commands";
import { whoIsAsked } from "@/lib/chatroom/who-is-asked";
import { PDF_ENGINES } from "@/lib/schemas/room-choices";
import { FileView } from "../answer/file-view";
import { useChat } from "../chat-context";
import { ComposerOptions } from "./composer-options";
import { CostLine } from "./cost-line";
import { PassedOver, whatItTakes } from "./passed-over";
import { beginningOf, SlashMenu } from "./slash-menu";
import { useAttachments } from "./use-attachments";
import { useCommands } from "./use-commands";
import { useDraft } from "./use-draft";
import { VoiceButton } from "./voice-button";

const ENGINE_NAMES: Readonly<Record<(typeof PDF_ENGINES)[number], string>> = {
  auto: "As it fits the model",
  native: "The model itself",
  "pdf-text": "Text only (free)",
  "mistral-ocr": "OCR, for scans",
};

/** Where questions are written, with their files and what goes with them. */
export const Composer = memo(function Composer() {
  const { session, view, models, isFollower, home, open, changeSettings } = useChat();
  const { text: draft, setText: onDraft } = useDraft();
  const attachments = useAttachments();
  const runCommand = useCommands();
  const [isDropping, setDropping] = useState(false);
  const [trouble, setTrouble] = useState<string>();
  const [chosen, setChosen] = useState(0);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const listId = useId();

  const { room, isAnswering } = view;
  const suggestions = suggestSlashCommands(draft);
  const suggestion = suggestions[Math.min(chosen, suggestions.length - 1)];
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
    if (suggestion !== undefined) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) {
        event.preventDefault();
        setChosen((Math.min(chosen, suggestions.length - 1) + step + suggestions.length) % suggestions.length);
        return;
      }
      if (event.key === "Tab" || (event.key === "Enter" && draft !== `/${suggestion.name}`)) {
        event.preventDefault();
        onDraft(beginningOf(suggestion));
        return;
      }
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
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    void attachments.add(files);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    void attachments.add([...event.dataTransfer.files]);
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
      {attachments.refused.length > 0 && (
        <Notice tone="danger">
          {attachments.refused.map(({ name, reason }) => (
            <p key={name}>
              {name}: {reason}
            </p>
          ))}
        </Notice>
      )}
      <PassedOver passedOver={passedOver} files={attachments.files} isNobodyLeft={asked.length === 0} />
      {trouble !== undefined && <Notice tone="danger">{trouble}</Notice>}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: files can be picked with the button as well */}
      <div
        className={cn(
          "relative rounded-panel border border-edge/75 bg-raised transition-colors has-[textarea:focus-visible]:outline-2 has-[textarea:focus-visible]:outline-signal has-[textarea:focus-visible]:outline-offset-1",
          isDropping && "border-signal bg-signal-wash",
        )}
        onDragOver={(event) => {
          event.preventDefault();
          setDropping(true);
        }}
        onDragLeave={() => setDropping(false)}
        onDrop={onDrop}
      >
        <SlashMenu
          id={listId}
          commands={suggestions}
          chosen={suggestion}
          onChoose={(command) => {
            onDraft(beginningOf(command));
            field.current?.focus();
          }}
        />
        {attachments.files.length > 0 && (
          <ul aria-label="Files of this question" data-keeps-focus className="flex flex-wrap gap-3 px-3.5 pt-3.5">
            {attachments.files.map((file) => (
              <li key={file.id}>
                <FileView file={file} onRemove={() => attachments.remove(file.id)} />
              </li>
            ))}
          </ul>
        )}
        {attachments.files.some(({ kind }) => kind === "pdf") && (
          <div className="max-w-64 px-3.5 pt-3">
            <SelectField
              label="Read PDFs with"
              value={room.settings.pdfEngine}
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
        <textarea
          ref={field}
          id="composer"
          aria-label="Message"
          placeholder={room.settings.image ? "Describe a picture" : "Ask anything"}
          rows={1}
          value={draft}
          {...(suggestion === undefined
            ? {}
            : { "aria-controls": listId, "aria-activedescendant": `${listId}-${suggestion.name}` })}
          className="field-sizing-content block max-h-[40dvh] min-h-12 w-full resize-none bg-transparent px-3.5 pt-3 pb-1 text-base outline-none"
          onChange={(event) => {
            home.prepareToAsk();
            onDraft(event.target.value);
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <div className="flex items-center gap-0.5 p-1.5">
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label="Files to attach"
            onChange={(event) => {
              void attachments.add([...(event.target.files ?? [])]);
              event.target.value = "";
            }}
          />
          <IconButton label="Attach files" size="small" onClick={() => picker.current?.click()}>
            <Paperclip aria-hidden="true" />
          </IconButton>
          <VoiceButton onRecorded={(file) => void attachments.add([file])} onTrouble={setTrouble} />
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
