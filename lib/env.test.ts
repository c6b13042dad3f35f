import { describe, expect, test } from "vitest";
import { parseEnv } from "./env";

test("everything has a default that works", () => {
  expect(parseEnv({})).toMatchObject({ PORT: 3000, SANDBOX: "auto", BILLING: "on", SIGNUP: "open", DATA_DIR: ".data" });
});

test("lists are read as lists", () => {
  expect(parseEnv({ FETCH_ALLOW_HOSTS: "Files.Example.com, 127.0.0.1:9000," })).toMatchObject({
    FETCH_ALLOW_HOSTS: ["files.example.com", "127.0.0.1:9000"],
  });
  expect(parseEnv({})).toMatchObject({ FETCH_ALLOW_HOSTS: [] });
});

test("an empty value counts as absent", () => {
  expect(parseEnv({ PORT: "", DATABASE_URL: "" })).toMatchObject({ PORT: 3000 });
});

describe("a wrong value stops the start with its name and what is expected", () => {
  test.each([
    { name: "PORT", value: "http", expected: "whole number" },
    { name: "PORT", value: "70000", expected: "at most 65535" },
    { name: "APP_URL", value: "example", expected: "public address" },
    { name: "DATABASE_URL", value: "mysql://x", expected: "postgresql://" },
    { name: "REDIS_URL", value: "http://x", expected: "redis://" },
    { name: "SANDBOX", value: "maybe", expected: "auto, on or off" },
    { name: "BILLING", value: "yes", expected: "on or off" },
    { name: "AUTH_SECRET", value: "short", expected: "32 characters" },
    { name: "ENCRYPTION_KEYS", value: "abc", expected: "id:base64" },
    { name: "ADMIN_CREDITS", value: "ten", expected: "amount in USD" },
    { name: "ADMIN_PROVISIONING_KEY", value: "sk-123", expected: "64 hexadecimal digits" },
    { name: "OLLAMA_BASE_URL", value: "gpu:11434", expected: "http\\(s\\) address" },
    { name: "LOCAL_OPENAI_BASE_URLS", value: "http://a:1, b:2", expected: "comma-separated" },
    { name: "MAX_FILE_MB", value: "0", expected: "at least 1" },
    { name: "UPSTREAM_IDLE_TIMEOUT_MS", value: "0", expected: "at least 1" },
  ])("$name=$value", ({ name, value, expected }) => {
    expect(() => parseEnv({ [name]: value })).toThrow(new RegExp(`${name}: .*${expected}`));
  });
});
