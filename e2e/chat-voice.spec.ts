import { BROWSER } from "./fixtures/browser";
import { expectGoodPage } from "./fixtures/expect-good-page";
import { serveCompletion } from "./fixtures/serve-completion";
import { expect, test } from "./fixtures/test";

const LISTENER = "google/gemini-2.5-flash";
/** As the API asks for it, from `input_audio` on. */
const AUDIO = { type: "input_audio", input_audio: { format: "wav", data: expect.any(String) } };

// A microphone that beeps.
test.use({ launchOptions: { ...BROWSER, args: [...BROWSER.args, "--use-fake-device-for-media-stream"] } });

test.beforeEach(({ person: _signedIn }) => {});

test("what is said is recorded, heard, and sent as a WAV file", async ({ page, chatPage, context }) => {
  await context.grantPermissions(["microphone"]);
  const libraries: string[] = [];
  await chatPage.open(LISTENER);
  page.on("request", (request) => {
    if (request.resourceType() === "script") libraries.push(request.url());
  });
  await page.getByRole("button", { name: "Record", exact: true }).click();
  const timer = page.getByRole("timer", { name: "Recorded" });
  await expect(timer).toHaveText("0:00");
  // What records is loaded with the first recording, and by nobody else.
  expect(libraries.length).toBeGreaterThan(0);
  await expect(timer).toHaveText("0:02");
  await expectGoodPage(page);
  await page.getByRole("button", { name: "Stop recording" }).click();
  await expect(timer).toBeHidden();

  const player = chatPage.files.locator("audio");
  await expect(player).toHaveJSProperty("error", null);
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration)).toBeGreaterThan(1.5);
  await player.evaluate((audio: HTMLAudioElement) => audio.play());
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(0);

  await serveCompletion(page, ["You beeped."], "done");
  const sent = page.waitForRequest("**/api/v1/chat/completions");
  await chatPage.ask("What did I say?");
  const { content } = (await sent).postDataJSON().messages[0];
  expect(content).toEqual([{ type: "text", text: "What did I say?" }, AUDIO]);
  const sound = await page.evaluate(async (base64: string) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const header = new DataView(bytes.buffer);
    const decoded = await new OfflineAudioContext(1, 1, 16_000).decodeAudioData(bytes.slice().buffer);
    return {
      samplesPerSecond: header.getUint32(24, true),
      channels: header.getUint16(22, true),
      bitsPerSample: header.getUint16(34, true),
      seconds: decoded.duration,
      loudest: decoded.getChannelData(0).reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0),
    };
  }, content[1].input_audio.data);
  expect(sound).toMatchObject({ samplesPerSecond: 16_000, channels: 1, bitsPerSample: 16 });
  expect(sound.seconds).toBeGreaterThan(1.5);
  expect(sound.seconds).toBeLessThan(20);
  expect(sound.loudest).toBeGreaterThan(0.05);
  await expect(chatPage.answers).toContainText("You beeped.");
});

test("a recording is discarded, and the microphone let go", async ({ page, chatPage, context }) => {
  await context.grantPermissions(["microphone"]);
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = [];
    Object.assign(window, { tracks });
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      const stream = await ask(constraints);
      tracks.push(...stream.getTracks());
      return stream;
    };
  });
  await chatPage.open(LISTENER);
  const openTracks = () =>
    page.evaluate(() => {
      const tracks: unknown = Reflect.get(window, "tracks");
      return Array.isArray(tracks) ? tracks.filter(({ readyState }) => readyState === "live").length : -1;
    });
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await expect(page.getByRole("timer", { name: "Recorded" })).toBeVisible();
  expect(await openTracks()).toBe(1);
  await page.getByRole("button", { name: "Discard the recording" }).click();
  await expect(page.getByRole("timer", { name: "Recorded" })).toBeHidden();
  await expect(chatPage.files).toBeHidden();
  await expect.poll(openTracks).toBe(0);

  // Whoever leaves the room in the middle leaves no microphone open either.
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await expect(page.getByRole("timer", { name: "Recorded" })).toBeVisible();
  await page.keyboard.press("Control+/");
  await expect.poll(openTracks).toBe(0);
});

test("a microphone that is not allowed, or not there, is said in words", async ({ page, chatPage, context }) => {
  await context.clearPermissions();
  await chatPage.open(LISTENER);
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "does not allow the microphone" })).toBeVisible();
  await expectGoodPage(page);

  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = async () => {
      throw new DOMException("none", "NotFoundError");
    };
  });
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "No microphone was found." })).toBeVisible();
});
