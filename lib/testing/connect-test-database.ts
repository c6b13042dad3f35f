import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { connectDatabase, disconnectDatabase } from "@/lib/db/connection";
import { createTestDatabase } from "./create-test-database";

/**
 * Gives a test file a migrated database of its own: this process is connected to it before the first test (and before
 * what is set up further down), and it is dropped after the last one.
 *
 * @param options.per `test`: an empty one for each test.
 * @param options.through what stands between us and the database: takes its URL, gives the URL to connect to.
 * @returns its URL, past whatever stands in between.
 */
export function connectTestDatabase(
  options: { per?: "file" | "test"; through?: (url: string) => Promise<{ url: string; end(): Promise<void> }> } = {},
): { readonly url: string } {
  const { per = "file", through } = options;
  let connected: { url: string; disconnect(): Promise<void> } | undefined;

  const [before, after] = per === "file" ? [beforeAll, afterAll] : [beforeEach, afterEach];
  before(async () => {
    const { url, drop } = await createTestDatabase();
    const between = await through?.(url);
    connectDatabase(between?.url ?? url);
    const disconnect = async () => {
      await disconnectDatabase();
      await between?.end();
      await drop();
    };
    connected = { url, disconnect };
  });
  after(async () => {
    await connected?.disconnect();
    connected = undefined;
  });
  return {
    get url() {
      if (connected === undefined) throw new Error("the test database is there while tests run only");
      return connected.url;
    },
  };
}
