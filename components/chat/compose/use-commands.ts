"use client";

import { copyText } from "@/components/ui/copy-text";
import { toast } from "@/components/ui/toast";
import { newRoomModel } from "@/lib/chatroom/new-room";
import { roomMarkdown } from "@/lib/chatroom/room-markdown";
import type { SlashCommand } from "@/lib/chatroom/slash-commands";
import { REASONING_CHOICES } from "@/lib/schemas/room-choices";
import { useChat } from "../chat-context";
import { findModel } from "../models/search-models";
import { useRoomFiles } from "../rooms/use-room-files";

/** Does what a draft commands. @returns whether it was understood; otherwise it says why not */
export function useCommands(): (command: SlashCommand) => boolean {
  const { home, session, view, models, open, changeSettings, addModel, newRoom } = useChat();
  const { exportRooms } = useRoomFiles();
  const { room } = view;
  const { settings } = room;

  const refuse = (title: string): false => {
    toast({ title, status: "caution" });
    return false;
  };
  const modelOf = (argument: string) => findModel([...models.values()], argument);

  return ({ name, argument }) => {
    switch (name) {
      case "new":
        newRoom();
        return true;
      case "temp":
        newRoom(true);
        return true;
      case "model":
      case "add": {
        const model = modelOf(argument);
        if (model === undefined) return refuse(argument === "" ? "Name a model" : `No model is called ${argument}`);
        if (name === "add") addModel(model.id);
        else {
          const slotId = room.models[0]?.slotId ?? "first";
          session.changeRoom({ ...room, models: [newRoomModel(slotId, model.id), ...room.models.slice(1)] });
        }
        return true;
      }
      case "system":
        changeSettings({ systemPrompt: argument });
        toast({ title: argument === "" ? "No system prompt any more" : "System prompt set" });
        return true;
      case "web":
        changeSettings({ web: !settings.web });
        return true;
      case "image":
        changeSettings({ image: !settings.image });
        return true;
      case "tools":
        changeSettings({ tools: !settings.tools });
        return true;
      case "think": {
        const choice = REASONING_CHOICES.find((one) => one === (argument === "" ? "auto" : argument));
        if (choice === undefined) return refuse("Say auto, off, low, medium or high");
        changeSettings({ reasoning: choice });
        return true;
      }
      case "rename":
        if (argument === "") return refuse("Say what to call it");
        void home.renameRoom(room, argument);
        return true;
      case "copy":
        void copyText(roomMarkdown(room.title, view.path, (id) => models.get(id)?.name ?? id)).then((isCopied) =>
          toast(isCopied ? { title: "Copied as markdown" } : { title: "Could not copy", status: "caution" }),
        );
        return true;
      case "export":
        exportRooms([room.id]);
        return true;
      case "keys":
        open({ kind: "keys" });
        return true;
    }
  };
}
