import { parseOptions } from "@node-rs/argon2";
import { expect, test } from "vitest";
import { ARGON2_OPTIONS, hashPassword, UNKNOWN_USER_HASH, verifyPassword } from "./password";

test("a password verifies against its own hash and no other does", async () => {
  const hash = await hashPassword("correct horse battery staple");

  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(hash, "correct horse battery staple")).toBe(true);
  expect(await verifyPassword(hash, "correct horse battery stapl")).toBe(false);
  expect(await verifyPassword(hash, "")).toBe(false);
});

test("two people with the same password have different hashes", async () => {
  expect(await hashPassword("same password")).not.toBe(await hashPassword("same password"));
});

test("composed and decomposed letters are the same password", async () => {
  expect(await verifyPassword(await hashPassword("caf\u00e9 au lait"), "cafe\u0301 au lait")).toBe(true);
});

test("nobody is signed in without a hash", async () => {
  expect(await verifyPassword(null, "whatever it is")).toBe(false);
});

// The work of argon2 follows from its parameters, so equal parameters take equal time.
test("an unknown user costs the same work as a known one", () => {
  const { memoryCost, timeCost, parallelism, algorithm, outputLen, saltLen } = parseOptions(UNKNOWN_USER_HASH);

  expect({ memoryCost, timeCost, parallelism }).toEqual(ARGON2_OPTIONS);
  expect({ algorithm, outputLen, saltLen }).toEqual({ algorithm: 2, outputLen: 32, saltLen: 16 });
});
