"use client";

import dynamic from "next/dynamic";
import { newRoomModel } from "@/lib/chatroom/new-room";
import { type ChatDialog, useChat } from "./chat-context";
import type { ModelFilter } from "./models/search-models";

// Each is loaded when it is first opened: no page needs them to be shown.
const ModelPicker = dynamic(() => import("./models/model-picker").then((loaded) => loaded.ModelPicker), { ssr: false });
const ModelSettings = dynamic(() => import("./models/model-settings").then((loaded) => loaded.ModelSettings), {
  ssr: false,
});
const RoomSettings = dynamic(() => import("./room-settings").then((loaded) => loaded.RoomSettings), { ssr: false });
const ToolsDialog = dynamic(() => import("./tools/tools-dialog").then((loaded) => loaded.ToolsDialog), { ssr: false });
const KeyboardMap = dynamic(() => import("./keyboard-map").then((loaded) => loaded.KeyboardMap), { ssr: false });

type ChatDialogsProps = { dialog: ChatDialog | undefined; onClose: () => void };

/** The one dialog that is open, if any. */
export function ChatDialogs({ dialog, onClose }: ChatDialogsProps) {
  const { view, session, models, addModel } = useChat();
  const { room } = view;
  const inRoom = new Set(room.models.map(({ modelId }) => modelId));
  const drawing: readonly ModelFilter[] = room.settings.image ? ["draws"] : [];
  const picker = (title: string, onChoose: (modelId: string) => void, filters = drawing) => (
    <ModelPicker
      title={title}
      models={[...models.values()]}
      chosenIds={inRoom}
      initialFilters={filters}
      onClose={onClose}
      onChoose={(modelId) => {
        onChoose(modelId);
        onClose();
      }}
    />
  );
  switch (dialog?.kind) {
    case undefined:
      return null;
    case "add-model":
      return picker("Add a model", addModel, dialog.able);
    case "replace-model": {
      const { slotId } = dialog;
      return picker("Replace with", (modelId) =>
        session.changeRoom({
          ...room,
          models: room.models.map((model) => (model.slotId === slotId ? newRoomModel(slotId, modelId) : model)),
        }),
      );
    }
    case "retry-with": {
      const { turnId, slotId } = dialog;
      return picker("Try with", (modelId) => session.retry(turnId, slotId, modelId));
    }
    case "model": {
      const model = room.models.find(({ slotId }) => slotId === dialog.slotId);
      if (model === undefined) return null;
      return (
        <ModelSettings
          model={model}
          name={models.get(model.modelId)?.name ?? model.modelId}
          onClose={onClose}
          onSave={(parameters) => {
            session.changeRoom({
              ...room,
              models: room.models.map((one) => (one.slotId === model.slotId ? { ...one, parameters } : one)),
            });
            onClose();
          }}
        />
      );
    }
    case "settings":
      return <RoomSettings onClose={onClose} />;
    case "tools":
      return <ToolsDialog onClose={onClose} />;
    case "keys":
      return <KeyboardMap onClose={onClose} />;
  }
}
