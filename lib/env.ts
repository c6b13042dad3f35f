import "server-only";
import { existsSync } from "node:fs";
import { z } from "zod";

const integer = (fallback: number, min: number, max: number) =>
  z.coerce
    .number({ error: "must be a whole number" })
    .int("must be a whole number")
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`)
    .default(fallback);

const addressSchema = z
  .string()
  .regex(/^https?:\/\/[^\s/]+/, "must be an http(s) address, such as http://localhost:11434");

/** Words separated by commas, in lower case. */
const listSchema = z
  .string()
  .default("")
  .transform((text) =>
    text
      .toLowerCase()
      .split(",")
      .flatMap((word) => (word.trim() === "" ? [] : [word.trim()])),
  );

const keySchema = z.string().regex(/^sk-or-v1-[0-9a-f]{64}$/, "must be sk-or-v1- and 64 hexadecimal digits");

const encryptionKeysSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9_-]+:[A-Za-z0-9+/=]{43,44}(,[A-Za-z0-9_-]+:[A-Za-z0-9+/=]{43,44})*$/,
    "must be id:base64 pairs of 32 bytes each, comma-separated, the current one first",
  );

/** Everything that is configured by environment variables, with its default and what a right value is. */
export const envSchema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  PORT: integer(3000, 0, 65_535),
  HOST: z.string().min(1).default("0.0.0.0"),
  APP_URL: z.url("must be the public address, such as https://ai.example.com").optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must be a postgresql:// URL")
    .optional(),
  DATA_DIR: z.string().min(1).default(".data"),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, "must be a redis:// URL")
    .optional(),
  AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  ENCRYPTION_KEYS: encryptionKeysSchema.optional(),
  ADMIN_EMAIL: z.email("must be an e-mail address").optional(),
  ADMIN_PASSWORD: z.string().min(8, "must have at least 8 characters").optional(),
  ADMIN_PROVISIONING_KEY: keySchema.optional(),
  ADMIN_CREDITS: z
    .string()
    .regex(/^\d+(\.\d{1,9})?$/, "must be an amount in USD, such as 25 or 0.5")
    .optional(),
  NEW_ACCOUNT_CREDITS: z
    .string()
    .regex(/^\d+(\.\d{1,9})?$/, "must be an amount in USD, such as 1 or 0.5")
    .default("1"),
  SANDBOX: z.enum(["auto", "on", "off"], { error: "must be auto, on or off" }).default("auto"),
  /** Requests of a month (UTC) that an account may make with its own provider keys before they cost a fee. */
  BYOK_FREE_REQUESTS: integer(1_000_000, 0, 2_000_000_000),
  BILLING: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
  /** Requests to free models, for each account; 0: no limit. */
  FREE_REQUESTS_PER_MINUTE: integer(20, 0, 1_000_000),
  FREE_REQUESTS_PER_DAY: integer(50, 0, 100_000_000),
  /** Of accounts that have bought `FREE_REQUESTS_BUYER_CREDITS` (USD) or more. */
  FREE_REQUESTS_PER_DAY_BUYERS: integer(1_000, 0, 100_000_000),
  FREE_REQUESTS_BUYER_CREDITS: z
    .string()
    .regex(/^\d+(\.\d{1,9})?$/, "must be an amount in USD, such as 10 or 0.5")
    .default("10"),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_/, "must be a secret key of Stripe, which starts with sk_ or rk_")
    .optional(),
  SIGNUP: z.enum(["open", "invite", "closed"], { error: "must be open, invite or closed" }).default("open"),
  OLLAMA_BASE_URL: addressSchema.optional(),
  LMSTUDIO_BASE_URL: addressSchema.optional(),
  LOCAL_OPENAI_BASE_URLS: z
    .string()
    .regex(/^\s*https?:\/\/[^\s,]+(\s*,\s*https?:\/\/[^\s,]+)*\s*,?\s*$/, "must be http(s) addresses, comma-separated")
    .optional(),
  NOTDIAMOND_API_KEY: z.string().min(1).optional(),
  NOTDIAMOND_BASE_URL: z.url("must be an http(s) address").default("https://api.notdiamond.ai"),
  EXA_API_KEY: z.string().min(1).optional(),
  EXA_BASE_URL: z.url("must be an http(s) address").default("https://api.exa.ai"),
  /** All the time that a search of the web may take before the answer goes on without it. */
  WEB_SEARCH_TIMEOUT_MS: integer(8_000, 1, 120_000),
  UPSTREAM_CONNECT_TIMEOUT_MS: integer(5_000, 1, 600_000),
  UPSTREAM_FIRST_TOKEN_TIMEOUT_MS: integer(60_000, 1, 3_600_000),
  UPSTREAM_IDLE_TIMEOUT_MS: integer(60_000, 1, 3_600_000),
  BODY_BUILDER_MODEL: z.string().min(1).max(512).optional(),
  MAX_BODY_MB: integer(100, 1, 1_024),
  /** The largest picture or file that is fetched for a provider which takes no addresses. */
  MAX_FILE_MB: integer(50, 1, 1_024),
  /** Of a PDF that is read here or by OCR. */
  PDF_MAX_PAGES: integer(1_000, 1, 100_000),
  /** All the time that reading one document here may take. */
  FILE_PARSE_TIMEOUT_MS: integer(20_000, 100, 600_000),
  FETCH_TIMEOUT_MS: integer(15_000, 100, 600_000),
  /** Hosts, with or without a port, that users' addresses may lead to although they are private. */
  FETCH_ALLOW_HOSTS: listSchema,
  MAX_STREAM_SECONDS: integer(3_600, 1, 86_400),
  /** Ours: set by the first process for its workers, so that they find what it prepared. */
  SIGNALBOX_SANDBOX_URL: z.url().optional(),
  SIGNALBOX_SANDBOX_TOKEN: z.string().min(1).optional(),
  SIGNALBOX_PREPARED: z.literal("1").optional(),
  WEB_CONCURRENCY: z.coerce.number().int().min(1).max(256).optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
});
export type Env = z.infer<typeof envSchema>;

/**
 * Reads the configuration out of `source`; empty values count as absent.
 *
 * @throws Error with one line per wrong variable: its name and what is expected.
 */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = envSchema.safeParse(present);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The configuration is wrong:\n${lines.join("\n")}`);
}

let parsed: Env | undefined;

/** The configuration of this process, read once. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/**
 * Adds what a `.env` file in the working directory says; variables that are set already win. Tests point `ENV_FILE`
 * elsewhere, so that a developer's real keys and database stay out of them.
 */
export function loadEnvFile(): void {
  const file = process.env.ENV_FILE ?? ".env";
  if (!existsSync(file)) return;
  process.loadEnvFile(file);
  parsed = undefined;
}

let raw: Readonly<Record<string, string | undefined>> | undefined;

/**
 * The raw environment, for the provider variables, whose names depend on the catalog. As it was when it was first asked
 * for: Next reads `.env` files of its own into the process later.
 */
export function rawEnv(): Readonly<Record<string, string | undefined>> {
  raw ??= { ...process.env };
  return raw;
}

/** Sets variables of this process, for its workers and Next, which read the environment; an absent one is removed. */
export function setEnv(values: Readonly<Record<string, string>>): void {
  Object.assign(process.env, values);
  parsed = undefined;
}
