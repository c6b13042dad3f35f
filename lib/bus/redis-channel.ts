import "server-only";
import { Redis } from "ioredis";
import { log } from "@/lib/log";

const CHANNEL = "signalbox";
const CONNECT_LIMIT_MS = 2_000;
const COMMAND_LIMIT_MS = 1_000;
const MAX_RETRY_MS = 2_000;

/**
 * One channel of a Redis, for telling other processes. It connects by itself and again whenever it must; the log says
 * once that it is away, and once that it is back. Nothing ever waits for it.
 */
export class RedisChannel {
  private readonly publisher: Redis;
  private readonly subscriber: Redis;
  private isAway = false;
  private isClosed = false;

  constructor(url: string, onMessage: (payload: string) => void) {
    const options = {
      connectTimeout: CONNECT_LIMIT_MS,
      commandTimeout: COMMAND_LIMIT_MS,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times: number) => Math.min(times * 100, MAX_RETRY_MS),
    };
    this.publisher = new Redis(url, options);
    this.subscriber = new Redis(url, options);
    for (const client of [this.publisher, this.subscriber]) {
      client.on("error", (error: Error) => this.noteAway(error));
      client.on("close", () => this.noteAway(undefined));
    }
    this.subscriber.on("ready", () => {
      this.subscriber.subscribe(CHANNEL).then(
        () => this.noteBack(),
        (error: Error) => this.noteAway(error),
      );
    });
    this.subscriber.on("message", (_channel, payload) => onMessage(payload));
  }

  get isReady(): boolean {
    return this.publisher.status === "ready";
  }

  /** @throws Error when it could not be told within a second. */
  async publish(payload: string): Promise<void> {
    await this.publisher.publish(CHANNEL, payload);
  }

  close(): void {
    this.isClosed = true;
    this.publisher.disconnect();
    this.subscriber.disconnect();
  }

  private noteAway(error: Error | undefined): void {
    if (this.isAway || this.isClosed) return;
    this.isAway = true;
    log().warn({ err: error }, "Redis is away: processes tell each other through PostgreSQL until it is back");
  }

  private noteBack(): void {
    if (this.isAway) log().warn("Redis is back");
    this.isAway = false;
  }
}
