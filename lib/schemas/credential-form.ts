import { z } from "zod";
import type { ProviderFact } from "./catalog";

/** Part of a credential: text that is there. */
const part = z
  .string({ error: ({ input }) => (input === undefined ? "is required" : "must be a string") })
  .trim()
  .min(1, "must not be empty");

const deploymentSchema = z.object({
  model_slug: part,
  endpoint_url: part.regex(/^https?:\/\/[^\s/]+/, "must be an http(s) address"),
  api_key: part,
  model_id: part,
});

const accessKeySchema = z.object({
  accessKeyId: part,
  secretAccessKey: part,
  region: part.regex(/^[a-z]{2,}(-[a-z]+)+-\d$/, "must be a region such as us-east-1"),
  sessionToken: part.optional(),
});

const serviceAccountSchema = z.object({
  type: z.literal("service_account", 'must be "service_account"').optional(),
  project_id: part,
  private_key: part.regex(/^-----BEGIN [A-Z ]*PRIVATE KEY-----/, "must be a key in PEM form"),
  client_email: part,
  region: part
    .regex(/^(global|[a-z]+|[a-z]+-[a-z]+\d+)$/, "must be a region such as us-central1, or global")
    .optional(),
});

/** Printable, without a space: what can be in a header. */
const plainKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]+$/, "must not hold spaces, line breaks or anything else that is in no key");

/** How a provider's credential is given. */
export type CredentialForm = {
  /** Whether it has to be JSON, may be, or never is. */
  json: "required" | "possible" | "never";
  /** What JSON must look like. */
  schema?: z.ZodObject;
  /** The JSON may be a list of such objects. */
  isList?: true;
  /** What to paste, for people. */
  hint: string;
  /** The JSON, as an example. */
  example?: string;
};

const PLAIN: CredentialForm = { json: "never", hint: "The API key as the provider shows it." };

const BY_PROTOCOL: Readonly<Partial<Record<ProviderFact["protocol"], CredentialForm>>> = {
  azure: {
    json: "required",
    schema: deploymentSchema,
    isList: true,
    hint: "JSON: one deployment, or a list of them.",
    example: shown({
      model_slug: "openai/gpt-4o",
      endpoint_url: "https://…/openai/deployments/gpt-4o/chat/completions?api-version=2024-08-01-preview",
      api_key: "…",
      model_id: "gpt-4o",
    }),
  },
  bedrock: {
    json: "possible",
    schema: accessKeySchema,
    hint: "An API key, which works in one region; or an access key as JSON.",
    example: shown({ accessKeyId: "…", secretAccessKey: "…", region: "us-east-1" }),
  },
  vertex: {
    json: "required",
    schema: serviceAccountSchema,
    hint: "The JSON file of a service account, with a region if it is not to be global.",
    example: shown({
      type: "service_account",
      project_id: "…",
      private_key: "-----BEGIN PRIVATE KEY-----\\n…",
      client_email: "…",
      region: "global",
    }),
  },
};

/** How a credential of this provider is given. An address with open places needs JSON that fills them. */
export function credentialFormOf({
  protocol,
  baseUrl = "",
}: Pick<ProviderFact, "protocol" | "baseUrl">): CredentialForm {
  const known = BY_PROTOCOL[protocol];
  if (known !== undefined) return known;
  const places = placesOf(baseUrl);
  if (places.length === 0) return PLAIN;
  const names = ["api_key", ...places];
  return {
    json: "required",
    schema: z.object(Object.fromEntries(names.map((name) => [name, part]))),
    hint: "JSON with the API key and what the provider's address is made of.",
    example: shown(Object.fromEntries(names.map((name) => [name, "…"]))),
  };
}

/** The names by which a credential fills the `${VARIABLE}` places of an address: the same in lower case. */
export function placesOf(address: string): readonly string[] {
  return [...address.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name.toLowerCase());
}

/**
 * What is wrong with the form of a credential, by its field (`key`, `key.region`, `key[1].api_key`); `undefined` when
 * nothing is. Nothing of the credential itself is in it.
 */
export function credentialProblem(
  key: string,
  { json, schema, isList }: CredentialForm,
): { field: string; problem: string } | undefined {
  const looksJson = /^\s*[[{]/.test(key);
  if (!looksJson && json === "required") return { field: "key", problem: "must be JSON, as the example shows" };
  const value = looksJson && schema !== undefined ? parsedOrUndefined(key) : key;
  if (value === undefined) return { field: "key", problem: "is not valid JSON" };
  const expected =
    typeof value === "string" || schema === undefined
      ? plainKeySchema
      : isList && Array.isArray(value)
        ? z.array(schema).min(1, "must hold at least one entry")
        : schema;
  const [issue] = expected.safeParse(value).error?.issues ?? [];
  if (issue === undefined) return undefined;
  const path = issue.path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  return {
    field: `key${path}`,
    problem: issue.path.length === 0 && issue.code === "invalid_type" ? "must be a JSON object" : issue.message,
  };
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which is a secret.
    return undefined;
  }
}

function shown(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
