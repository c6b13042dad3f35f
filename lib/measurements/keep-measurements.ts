import "server-only";
import { MAX_BODY_BYTES, type MessageBus } from "@/lib/bus/message-bus";
import { log } from "@/lib/log";
import { measurementBook } from "./measurements";
import { decodeNews, encodeNews } from "./news-codec";
import { deleteOldSlots, readSlots, writeSlots } from "./store";

const TOPIC = "measurements";
/** An outage is to be known everywhere within a second. */
const BAD_NEWS_MS = 200;
const NEWS_MS = 1_000;
const WRITE_MS = 5_000;
const DELETE_MS = 60 * 60_000;

/**
 * Reads what was measured before this process began, hears what others measure, and goes on telling and writing what it
 * measures itself: in groups, from timers, never while a request waits. Without the database it goes on by itself.
 *
 * @returns what ends it, after the last of it is written.
 */
export async function keepMeasurements(instanceId: number, bus: MessageBus): Promise<() => Promise<void>> {
  const book = measurementBook();
  bus.listen(TOPIC, (body) => {
    const nowMs = Date.now();
    for (const news of decodeNews(body)) book.hear(news, nowMs);
  });
  await quietly("the measurements of before could not be read", async () => book.seed(await readSlots(), Date.now()));

  const tell = () => bus.publish(TOPIC, encodeNews(book.takeNews(), MAX_BODY_BYTES));
  const write = () =>
    quietly("measurements could not be written; they are kept and tried again", async () => {
      const rows = book.takeUnwritten(Date.now());
      await writeSlots(instanceId, rows).catch((error: unknown) => {
        book.putBack(rows);
        throw error;
      });
    });
  const timers = [
    setInterval(() => book.hasBadNews && void tell(), BAD_NEWS_MS),
    setInterval(() => void tell(), NEWS_MS),
    setInterval(() => void write(), WRITE_MS),
    setInterval(() => void quietly("old measurements could not be deleted", deleteOldSlots), DELETE_MS),
  ];
  for (const timer of timers) timer.unref();
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await write();
  };
}

async function quietly(complaint: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log().warn({ err: error }, complaint);
  }
}
