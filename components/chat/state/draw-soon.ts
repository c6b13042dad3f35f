/** Drawing more often could not be seen, and would drop frames at 200 tokens a second in three columns. */
const DRAW_EVERY_MS = 40;
const MAX_REST_MS = 250;

/** Of all time at most a third goes into drawing, however slow the machine is. */
const REST_FACTOR = 2;
let restMs = DRAW_EVERY_MS;

/** Draws with the next frame that there is time for. */
export function drawSoon(draw: () => void): void {
  // In a page that nobody sees there are no frames.
  if (document.visibilityState === "hidden") {
    setTimeout(draw, DRAW_EVERY_MS);
    return;
  }
  setTimeout(
    () =>
      requestAnimationFrame(() => {
        const startMs = performance.now();
        draw();
        // After what was drawn has been laid out.
        setTimeout(() => {
          restMs = Math.min(MAX_REST_MS, Math.max(DRAW_EVERY_MS, (performance.now() - startMs) * REST_FACTOR));
        });
      }),
    restMs,
  );
}
