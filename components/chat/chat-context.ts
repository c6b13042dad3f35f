"use client";

import { createContext, useContext } from "react";
import type { RoomDraft } from "@/lib/chatroom/room-draft";
import type { RoomSession, RoomView } from "@/lib/chatroom/room-session";
import type { ChatModel } from "@/lib/schemas/chat-model";
import type { RoomSettings } from "@/lib/schemas/chatroom";
import type { ModelFilter } from "./models/search-models";
import type { ChatHome } from "./state/chat-home";

/** Dialogs of the chat: each is loaded when it is first opened. */
export type ChatDialog =
  /** `able`: what the new one has to be able to do. */
  | { kind: "add-model"; able?: readonly ModelFilter[] }
  | { kind: "replace-model"; slotId: string }
  | { kind: "retry-with"; turnId: string; slotId: string }
  | { kind: "model"; slotId: string }
  | { kind: "settings" }
  | { kind: "tools" }
  | { kind: "keys" };

export type Chat = {
  home: ChatHome;
  session: RoomSession;
  view: RoomView;
  draft: RoomDraft;
  models: ReadonlyMap<string, ChatModel>;
  /** Another page writes this room. */
  isFollower: boolean;
  isTemporary: boolean;
  open: (dialog: ChatDialog) => void;
  changeSettings: (settings: Partial<RoomSettings>) => void;
  addModel: (modelId: string) => void;
  newRoom: (isTemporary?: boolean) => void;
};

export const ChatContext = createContext<Chat | undefined>(undefined);

/** What the parts of the chat share. */
export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (chat === undefined) throw new Error("useChat is for the parts of a ChatRoom");
  return chat;
}
