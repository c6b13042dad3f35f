import "server-only";
import { log } from "@/lib/log";
import { processState } from "@/lib/process-state";
import type { RedisChannel } from "./redis-channel";
import { MAX_NOTIFICATION_BYTES, notifyProcesses } from "./store";

type Listener = (body: string) => void;

/** How payloads are told apart from other notifications of the database. */
const KIND = "bus";
/** Room for what stands before a body. */
export const MAX_BODY_BYTES = MAX_NOTIFICATION_BYTES - 200;

/**
 * Tells other processes small things that they can do without: through Redis where there is one, through PostgreSQL
 * otherwise and whenever Redis is away. All listen to both. What cannot be told is forgotten: each process then goes on
 * with what it knows itself.
 */
export class MessageBus {
  private readonly instanceId: number;
  private redis: RedisChannel | undefined;
  private readonly listeners = new Map<string, Listener>();
  private isSilent = false;

  constructor(instanceId: number) {
    this.instanceId = instanceId;
  }

  /** Goes through that Redis from now on, whenever it is there. */
  async connectRedis(url: string): Promise<void> {
    // Loaded only where there is one: its client is large.
    const { RedisChannel } = await import("./redis-channel");
    this.redis = new RedisChannel(url, (payload) => this.hear(payload));
  }

  /** One listener a topic. Own messages are not heard. */
  listen(topic: string, listener: Listener): void {
    this.listeners.set(topic, listener);
  }

  /** @param bodies of at most {@link MAX_BODY_BYTES} each. Never throws. */
  async publish(topic: string, bodies: readonly string[]): Promise<void> {
    if (bodies.length === 0) return;
    const payloads = bodies.map((body) => `${KIND}:${this.instanceId}:${topic}:${body}`);
    try {
      if (!(await this.publishToRedis(payloads))) await notifyProcesses(payloads);
      this.isSilent = false;
    } catch (error) {
      if (!this.isSilent) log().warn({ err: error }, "other processes cannot be told; each goes on with what it knows");
      this.isSilent = true;
    }
  }

  /** Takes a payload that arrived, from wherever; those that are not meant for the bus are left alone. */
  hear(payload: string): void {
    const [, from, topic = "", body = ""] = /^bus:(\d+):([a-z-]+):(.*)$/s.exec(payload) ?? [];
    if (from === undefined || Number(from) === this.instanceId) return;
    try {
      this.listeners.get(topic)?.(body);
    } catch (error) {
      log().warn({ err: error, topic }, "a message of another process was not understood");
    }
  }

  close(): void {
    this.redis?.close();
  }

  private async publishToRedis(payloads: readonly string[]): Promise<boolean> {
    const { redis } = this;
    if (redis === undefined || !redis.isReady) return false;
    try {
      await Promise.all(payloads.map((payload) => redis.publish(payload)));
      return true;
    } catch {
      return false; // The channel itself says in the log that it is away.
    }
  }
}

type Slot = { current: MessageBus | undefined };

const slot = () => processState<Slot>("message-bus", () => ({ current: undefined }));

/** The bus of this process; `undefined` before it is started, and in tests that have none. */
export function messageBus(): MessageBus | undefined {
  return slot().current;
}

export async function startMessageBus(instanceId: number, redisUrl: string | undefined): Promise<MessageBus> {
  const bus = new MessageBus(instanceId);
  slot().current = bus;
  if (redisUrl !== undefined) await bus.connectRedis(redisUrl);
  return bus;
}
