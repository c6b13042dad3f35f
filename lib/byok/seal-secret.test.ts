import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { parseEncryptionKeys } from "./encryption-keys";
import { openSecret, sealSecret } from "./seal-secret";

const newKey = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const [first, second] = [newKey("k1"), newKey("k2")];
const OLD = parseEncryptionKeys(first);
const BOTH = parseEncryptionKeys(`${second},${first}`);
const NEW = parseEncryptionKeys(second);

describe("a sealed secret", () => {
  test.each(["sk-1", "", "ключ 🔑", "x".repeat(50_000)])("opens to what was sealed (%#)", (text) => {
    expect(openSecret(sealSecret(text, "a:1", OLD), "a:1", OLD)).toBe(text);
  });

  test("shows nothing of itself, and never looks the same twice", () => {
    const [one, other] = [sealSecret("sk-visible", "a:1", OLD), sealSecret("sk-visible", "a:1", OLD)];
    expect(one.secret).not.toBe(other.secret);
    expect(Buffer.from(one.secret, "base64url").toString("latin1")).not.toContain("visible");
  });

  test("opens for its owner only, unchanged only, with its key only", () => {
    const sealed = sealSecret("sk-1", "a:1", OLD);
    expect(() => openSecret(sealed, "b:1", OLD)).toThrow();
    expect(() => openSecret(sealed, "a:1", NEW)).toThrow('there is no encryption key "k1"');
    const [nonce = "", text = "", tag = ""] = sealed.secret.split(".");
    const changed = `${nonce}.${text.startsWith("A") ? "B" : "A"}${text.slice(1)}.${tag}`;
    expect(() => openSecret({ ...sealed, secret: changed }, "a:1", OLD)).toThrow();
    expect(() => openSecret({ ...sealed, secret: `${nonce}.${text}` }, "a:1", OLD)).toThrow("not whole");
  });

  test("is sealed with the first key, and an older one still opens", () => {
    const sealed = sealSecret("sk-1", "a:1", OLD);
    expect(openSecret(sealed, "a:1", BOTH)).toBe("sk-1");
    expect(sealSecret("sk-1", "a:1", BOTH).encryptionKeyId).toBe("k2");
  });
});

test.each(["", "k1", "k1:", "k1:AAAA", `${first},${first}`, `:${"A".repeat(43)}=`])("no keys: %j", (text) => {
  expect(() => parseEncryptionKeys(text)).toThrow(/^ENCRYPTION_KEYS: /);
});
