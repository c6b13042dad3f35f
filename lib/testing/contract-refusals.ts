import { describe, expect, test } from "vitest";
import { CONTRACT_KEY, type ProviderContract } from "./contract-terms";

/** What an adapter makes of a provider's refusals, its own and those of whatever stands in front of it. */
export function describeRefusals({ adapter }: ProviderContract): void {
  describe(`refusals of ${adapter.protocol}`, () => {
    test.each([
      { name: "an HTML page", body: "<html><head><title>502 Bad Gateway</title></head><body>x</body></html>" },
      { name: "plain text", body: "upstream connect error" },
      { name: "nothing", body: "" },
      { name: "other JSON", body: '{"detail":"upstream connect error"}' },
      { name: "a JSON list", body: "[]" },
      { name: "a megabyte", body: "x".repeat(1_000_000) },
    ])("$name keeps its status and gives a short message", ({ body }) => {
      const failure = adapter.decodeFailure(502, body);
      expect(failure.status).toBe(502);
      expect(failure.message.length).toBeGreaterThan(0);
      expect(failure.message.length).toBeLessThanOrEqual(1_000);
      expect(failure.message).not.toMatch(/[<>]/);
    });

    test("secrets in a message are removed", () => {
      const secrets = `key ${CONTRACT_KEY}, Bearer abcdef123456, https://x.test/?key=AIzaSyA1234567890abcdef&x=1`;
      const { message } = adapter.decodeFailure(401, JSON.stringify({ error: { message: secrets } }));
      expect(message).not.toMatch(/0123456789|abcdef/);
      expect(message).toContain("x.test");
    });
  });
}
