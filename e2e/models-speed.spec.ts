import { measureChange } from "./fixtures/measure-change";
import { expect, SPEED, test } from "./fixtures/test";

const MAX_CHANGE_MS = 100;
/** This machine has other things to do while it tests: what they took is measured again. */
const MAX_ROUNDS = 3;

// A trace takes a picture of every frame and a copy of the whole page around every step, which takes as long as what is
// measured here (41 ms a change). That it can be off for a whole file only is why this is one.
test.use({ trace: "off" });

test(`a change of the filter is painted within ${MAX_CHANGE_MS} ms`, SPEED, async ({ page, modelsPage }) => {
  await modelsPage.open();
  const box = modelsPage.filters.getByRole("checkbox", { name: /^Images/ }).first();
  const medians: number[] = [];
  while (medians.length < MAX_ROUNDS && (medians.at(-1) ?? MAX_CHANGE_MS) >= MAX_CHANGE_MS) {
    const times: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) times.push(await measureChange(page, box, "click"));
    for (const letter of ["g", "gp", "gpt", "gp", "g", ""])
      times.push(await measureChange(page, modelsPage.search, letter));
    medians.push(times.sort((a, b) => a - b)[times.length / 2] ?? Number.POSITIVE_INFINITY);
  }
  expect(medians.at(-1), `medians of ${medians.map(Math.round).join(", ")} ms`).toBeLessThan(MAX_CHANGE_MS);
});
