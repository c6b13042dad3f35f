"use client";

import { Keyboard, PanelLeft } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { offerPageActions } from "@/components/shell/page-actions";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { randomId } from "@/components/ui/random-id";
import type { Found } from "@/lib/chatroom/find-words";
import { MAX_ROOM_MODELS, newRoomModel } from "@/lib/chatroom/new-room";
import type { ChatModel } from "@/lib/schemas/chat-model";
import { AnswerAnnouncer } from "./answer/answer-announcer";
import { type Chat, ChatContext, type ChatDialog } from "./chat-context";
import { ChatDialogs } from "./chat-dialogs";
import { ChatWelcome } from "./chat-welcome";
import { Composer } from "./compose/composer";
import { FileDrop } from "./compose/file-drop";
import { ModelBar } from "./models/model-bar";
import { type PickingWhy, RoomSidebar } from "./rooms/room-sidebar";
import { chatHomeOf } from "./state/chat-home-of";
import { StorageNotice } from "./storage-notice";
import { useToolServers } from "./tools/use-tool-servers";
import { useChatKeys } from "./use-chat-keys";
import { useIsWide } from "./use-is-wide";
import { useKeptFocus } from "./use-kept-focus";

// An empty room needs nothing that draws answers.
const ConversationView = dynamic(() => import("./conversation-view").then((loaded) => loaded.ConversationView), {
  ssr: false,
  loading: () => <div className="flex-1" />,
});
const Sheet = dynamic(() => import("@/components/ui/sheet").then((loaded) => loaded.Sheet), { ssr: false });

type ChatRoomProps = {
  personId: string;
  models: readonly ChatModel[];
  /** The models that the address asks for. */
  askedModelIds: readonly string[];
  /** For a room that nobody has chosen a model for. */
  defaultModelId: string;
  /** The room that the address asks for. */
  initialRoomId: string | undefined;
};

/** The chat: its rooms, which this browser keeps, and the one that is open. */
export function ChatRoom({ personId, models, askedModelIds, defaultModelId, initialRoomId }: ChatRoomProps) {
  const home = chatHomeOf(personId);
  const { rooms, session, draft, isTemporary, isFollower, problem, isOpen } = useSyncExternalStore(
    home.subscribe,
    home.getState,
    home.getState,
  );
  const view = useSyncExternalStore(session.subscribe, session.getView, session.getView);
  const modelsById = useMemo(() => new Map(models.map((model) => [model.id, model])), [models]);
  const [dialog, setDialog] = useState<ChatDialog>();
  const [areRoomsOpen, setRoomsOpen] = useState(false);
  const [isListHidden, setListHidden] = useState(false);
  const [picking, setPicking] = useState<PickingWhy>();
  const [goal, setGoal] = useState<{ turnId: string }>();
  const isWide = useIsWide();
  const { room } = view;
  useToolServers();
  const container = useRef<HTMLDivElement>(null);
  useKeptFocus(container);

  home.setModels(models);
  const asked = askedModelIds.join(",");
  useEffect(() => {
    void home.open(initialRoomId, asked === "" ? [] : asked.split(","), [defaultModelId]);
  }, [home, initialRoomId, asked, defaultModelId]);

  // So that a reload, and a link, lead back here. A room that leaves no trace leaves none there either.
  const isKept = !isTemporary && view.turns.length > 0;
  const modelIds = room.models.map(({ modelId }) => modelId).join(",");
  useEffect(() => {
    if (!isOpen) return;
    const address = isKept
      ? `/chat?room=${encodeURIComponent(room.id)}`
      : modelIds === "" || isTemporary
        ? "/chat"
        : `/chat?models=${modelIds.split(",").map(encodeURIComponent).join(",")}`;
    window.history.replaceState(null, "", address);
  }, [isOpen, isKept, isTemporary, room.id, modelIds]);

  const chat = useMemo<Chat>(() => {
    const change = (changes: Partial<typeof room>) => session.changeRoom({ ...session.getView().room, ...changes });
    return {
      home,
      session,
      view,
      draft,
      models: modelsById,
      isFollower,
      isTemporary,
      open: setDialog,
      changeSettings: (settings) => change({ settings: { ...session.getView().room.settings, ...settings } }),
      addModel: (modelId) => {
        const present = session.getView().room.models;
        if (present.length < MAX_ROOM_MODELS) change({ models: [...present, newRoomModel(randomId(), modelId)] });
      },
      newRoom: (isTemp = false) => {
        home.startRoom([], isTemp, session.getView().room);
        setRoomsOpen(false);
        setGoal(undefined);
      },
    };
  }, [home, session, view, draft, modelsById, isFollower, isTemporary]);

  useChatKeys({
    newRoom: () => chat.newRoom(),
    addModel: () => setDialog({ kind: "add-model" }),
    showKeys: () => setDialog({ kind: "keys" }),
    stop: () => session.stop(),
  });
  useEffect(
    () =>
      offerPageActions(() => [
        { label: "New room", keywords: ["chat"], run: () => chat.newRoom() },
        { label: "Temporary room", keywords: ["chat", "private"], run: () => chat.newRoom(true) },
        { label: "Add a model to the room", run: () => setDialog({ kind: "add-model" }) },
        { label: "Room settings", keywords: ["system prompt", "preset"], run: () => setDialog({ kind: "settings" }) },
        { label: "Tools and tool servers", keywords: ["mcp"], run: () => setDialog({ kind: "tools" }) },
        { label: "Keys and commands", run: () => setDialog({ kind: "keys" }) },
        ...home
          .getState()
          .rooms.toSorted((one, other) => other.updatedMs - one.updatedMs)
          .map(({ id, title }) => ({ label: title, keywords: ["room"], run: () => void home.openRoom(id) })),
      ]),
    [chat, home],
  );

  const openRoom = async (id: string, found: Found | undefined) => {
    setRoomsOpen(false);
    await home.openRoom(id);
    if (found !== undefined) home.getState().session.reveal(found.turnId, found.answerId);
    setGoal(found === undefined ? undefined : { turnId: found.turnId });
  };
  const writeIdea = (text: string) => {
    draft.change(() => ({ text }));
    document.getElementById("composer")?.focus();
  };
  const closeRooms = () => {
    setRoomsOpen(false);
    setPicking(undefined);
  };
  const makeSpace = () => {
    setPicking("space");
    if (isWide) setListHidden(false);
    else setRoomsOpen(true);
  };
  const sidebar = (
    <RoomSidebar
      rooms={rooms}
      onOpen={(id, found) => void openRoom(id, found)}
      picking={picking}
      onPicking={setPicking}
    />
  );

  return (
    <ChatContext value={chat}>
      <div ref={container} className="flex h-[calc(100dvh-var(--spacing-header)-1px)] min-h-0">
        {!isListHidden && isWide && (
          <aside className="hidden w-64 shrink-0 border-e bg-sunken/50 lg:block">{sidebar}</aside>
        )}
        <FileDrop>
          <div className="flex h-12 shrink-0 items-center gap-1.5 border-b px-3">
            <span className="lg:hidden">
              <IconButton label="Rooms" size="small" onClick={() => setRoomsOpen(true)}>
                <PanelLeft aria-hidden="true" />
              </IconButton>
            </span>
            <span className="max-lg:hidden">
              <IconButton
                label={isListHidden ? "Show the rooms" : "Hide the rooms"}
                size="small"
                onClick={() => setListHidden(!isListHidden)}
              >
                <PanelLeft aria-hidden="true" />
              </IconButton>
            </span>
            {isTemporary && <Badge tone="caution">temporary</Badge>}
            {isOpen ? <ModelBar /> : <span className="flex-1" />}
            <IconButton label="Keys and commands" shortcut="?" size="small" onClick={() => setDialog({ kind: "keys" })}>
              <Keyboard aria-hidden="true" />
            </IconButton>
          </div>
          {problem !== null && <StorageNotice problem={problem} onMakeSpace={makeSpace} />}
          {view.path.length > 0 ? (
            <ConversationView key={room.id} goal={goal} />
          ) : !isOpen && initialRoomId !== undefined ? (
            <div className="flex-1" />
          ) : (
            <ChatWelcome isTemporary={isTemporary} onChoose={writeIdea} />
          )}
          <Composer key={`composer-${room.id}`} />
        </FileDrop>
      </div>
      {areRoomsOpen && (
        <Sheet open onClose={closeRooms} title="Rooms" side="start">
          <div className="-mx-5 -my-5 h-full">{sidebar}</div>
        </Sheet>
      )}
      <ChatDialogs dialog={dialog} onClose={() => setDialog(undefined)} />
      <AnswerAnnouncer key={`announcer-${room.id}`} />
    </ChatContext>
  );
}
