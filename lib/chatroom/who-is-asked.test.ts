import { expect, test } from "vitest";
import { newRoomModel } from "./new-room";
import { whoIsAsked } from "./who-is-asked";

const FACTS: Readonly<Record<string, { inputs: readonly string[]; outputs: readonly string[] }>> = {
  writes: { inputs: [], outputs: ["text"] },
  sees: { inputs: ["image"], outputs: ["text"] },
  hears: { inputs: ["image", "audio"], outputs: ["text"] },
  draws: { inputs: ["image"], outputs: ["text", "image"] },
};
const models = [...Object.keys(FACTS), "gone"].map((id) => newRoomModel(id, id));
const muted = { ...newRoomModel("muted", "hears"), isMuted: true };

test.each([
  { files: [], image: false, asked: ["writes", "sees", "hears", "draws", "gone"], why: [] },
  { files: ["text", "pdf"], image: false, asked: ["writes", "sees", "hears", "draws", "gone"], why: [] },
  { files: ["image"], image: false, asked: ["sees", "hears", "draws", "gone"], why: ["does not see images"] },
  {
    files: ["image", "audio"],
    image: false,
    asked: ["hears", "gone"],
    why: ["does not see images", "does not hear recordings", "does not hear recordings"],
  },
  { files: [], image: true, asked: ["draws", "gone"], why: ["does not draw", "does not draw", "does not draw"] },
] as const)("files $files, image mode $image", ({ files, image, asked, why }) => {
  const result = whoIsAsked({
    models: [...models, muted],
    settings: { image },
    attachments: files.map((kind) => ({ kind })),
    factOf: (id) => FACTS[id],
  });
  expect(result.asked.map(({ modelId }) => modelId)).toEqual(asked);
  expect(result.passedOver.map(({ reason }) => reason)).toEqual(why);
});
