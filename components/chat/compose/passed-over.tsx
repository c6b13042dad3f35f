import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Asked } from "@/lib/chatroom/who-is-asked";
import type { FileReference } from "@/lib/schemas/chatroom";
import { useChat } from "../chat-context";
import type { ModelFilter } from "../models/search-models";

/** What a model must be able to do to be asked a question with these files. */
export function whatItTakes(isDrawing: boolean, files: readonly FileReference[]): ModelFilter[] {
  const kinds = new Set(files.map(({ kind }) => kind));
  return [
    ...(isDrawing ? (["draws"] as const) : []),
    ...(kinds.has("image") ? (["image"] as const) : []),
    ...(kinds.has("audio") ? (["audio"] as const) : []),
  ];
}

type PassedOverProps = {
  passedOver: Asked["passedOver"];
  files: readonly FileReference[];
  isNobodyLeft: boolean;
};

/** Says before sending which models this question will not go to, and why. */
export function PassedOver({ passedOver, files, isNobodyLeft }: PassedOverProps) {
  const { view, models, open } = useChat();
  if (passedOver.length === 0) return null;
  const reasons = passedOver.map(
    ({ model, reason }) => `${models.get(model.modelId)?.name ?? model.modelId} ${reason}`,
  );
  const able = whatItTakes(view.room.settings.image, files);
  return (
    <Notice tone={isNobodyLeft ? "caution" : "neutral"}>
      {isNobodyLeft ? "Nobody here can be asked this: " : "Not asked this time: "}
      {new Intl.ListFormat("en").format(reasons)}.{" "}
      {isNobodyLeft && (
        <Button size="small" className="mt-2" onClick={() => open({ kind: "add-model", able })}>
          Add a model that can
        </Button>
      )}
    </Notice>
  );
}
