import "server-only";
import { z } from "zod";
import { MAX_BODY_BYTES, type MessageBus } from "@/lib/bus/message-bus";
import { affinityBook } from "./affinity";

const TOPIC = "affinity";
const TELL_MS = 200;
/** Ids and hashes are short: so many of them fit into one message for sure. */
const PER_MESSAGE = Math.floor(MAX_BODY_BYTES / 400);
const newsSchema = z.array(z.tuple([z.string().max(64), z.string().max(256), z.string().max(256)]));

/** Tells other processes where conversations are, and hears it from them. @returns what ends it. */
export function shareAffinity(bus: MessageBus): () => void {
  bus.listen(TOPIC, (body) => {
    const nowMs = Date.now();
    for (const [accountId, key, endpointId] of newsSchema.parse(JSON.parse(body)))
      affinityBook().note(accountId, key, endpointId, nowMs, false);
  });
  const timer = setInterval(() => {
    const news = affinityBook()
      .takeNews()
      .map(({ accountId, key, endpointId }) => [accountId, key, endpointId]);
    const bodies: string[] = [];
    for (let at = 0; at < news.length; at += PER_MESSAGE) bodies.push(JSON.stringify(news.slice(at, at + PER_MESSAGE)));
    void bus.publish(TOPIC, bodies);
  }, TELL_MS).unref();
  return () => clearInterval(timer);
}
