import { z } from "zod";
import { credentialFormOf, credentialProblem } from "@/lib/schemas/credential-form";
import {
  type CreateCredentialRequest,
  createCredentialRequestSchema,
  type KeyedProvider,
  type ShownCredential,
  type UpdateCredentialRequest,
} from "@/lib/schemas/provider-credential";

/** When a key is used, beside the installation's. */
export const USES = ["first", "required", "only", "fallback"] as const;
const RETENTIONS = ["catalog", "none", "some"] as const;

const typedSchema = z.object({
  provider: z.string(),
  name: z.string(),
  key: z.string(),
  use: z.enum(USES),
  allowed_models: z.array(z.string()),
  allowed_api_key_hashes: z.array(z.string()),
  retention: z.enum(RETENTIONS),
});
export type TypedIntegration = z.infer<typeof typedSchema>;

export const NEW_INTEGRATION: TypedIntegration = {
  provider: "",
  name: "",
  key: "",
  use: "first",
  allowed_models: [],
  allowed_api_key_hashes: [],
  retention: "catalog",
};

/** A key as it stands in the form; the secret is not known any more. */
export function typedIntegration(credential: ShownCredential): TypedIntegration {
  const { provider, name, allowed_models, allowed_api_key_hashes, declared_zdr } = credential;
  return {
    provider,
    name: name ?? "",
    key: "",
    use: turnOf(credential),
    allowed_models: allowed_models ?? [],
    allowed_api_key_hashes: allowed_api_key_hashes ?? [],
    retention: declared_zdr === null ? "catalog" : declared_zdr ? "none" : "some",
  };
}

/** When a key is used, in one word. */
export function turnOf(credential: ShownCredential): (typeof USES)[number] {
  if (credential.is_byok_only) return "only";
  if (credential.is_required) return "required";
  return credential.is_fallback ? "fallback" : "first";
}

/**
 * What is typed into the form, turned into the request that the API validates: same rules, same words.
 *
 * @param isNew else an empty key leaves the stored one as it is
 */
export function integrationFormSchema(providers: readonly KeyedProvider[], isNew: boolean) {
  return typedSchema.transform((typed, context): CreateCredentialRequest => {
    const complain = (field: string, message: string) =>
      context.issues.push({ code: "custom", path: [field], message, input: undefined });
    const provider = providers.find(({ slug }) => slug === typed.provider);
    const key = typed.key.trim();
    if (provider === undefined) complain("provider", "must be chosen");
    if (isNew && key === "") complain("key", "must not be empty");
    if (provider !== undefined && key !== "") {
      const form = credentialFormOf({ protocol: provider.protocol, baseUrl: provider.base_url ?? undefined });
      const wrong = credentialProblem(key, form);
      if (wrong !== undefined) complain("key", problemWithField(wrong));
    }
    const parsed = createCredentialRequestSchema.safeParse({
      provider: typed.provider === "" ? "none" : typed.provider,
      name: typed.name,
      key: key === "" ? "unchanged" : key,
      is_fallback: typed.use === "fallback",
      is_required: typed.use === "required",
      is_byok_only: typed.use === "only",
      allowed_models: typed.allowed_models.length === 0 ? null : typed.allowed_models,
      allowed_api_key_hashes: typed.allowed_api_key_hashes.length === 0 ? null : typed.allowed_api_key_hashes,
      declared_zdr: typed.retention === "catalog" ? null : typed.retention === "none",
    });
    for (const issue of parsed.error?.issues ?? []) complain(String(issue.path[0] ?? "root"), issue.message);
    return parsed.data ?? z.NEVER;
  });
}

/** Of JSON, which part of it is wrong; the field of the form is the whole. */
export function problemWithField({ field, problem }: { field: string; problem: string }): string {
  const part = field.replace(/^key\.?/, "");
  return part === "" ? problem : `${part} ${problem}`;
}

/** What to send when only some fields were touched: the others may have been set to what the form cannot say. */
export function integrationChanges(
  request: CreateCredentialRequest,
  touched: Readonly<Partial<Record<keyof TypedIntegration, unknown>>>,
): UpdateCredentialRequest {
  const { name, key, is_fallback, is_required, is_byok_only } = request;
  const { allowed_models, allowed_api_key_hashes, declared_zdr } = request;
  const isTouched = (field: keyof TypedIntegration) => touched[field] !== undefined && touched[field] !== false;
  return {
    ...(isTouched("name") ? { name } : {}),
    ...(isTouched("key") ? { key } : {}),
    ...(isTouched("use") ? { is_fallback, is_required, is_byok_only } : {}),
    ...(isTouched("allowed_models") ? { allowed_models } : {}),
    ...(isTouched("allowed_api_key_hashes") ? { allowed_api_key_hashes } : {}),
    ...(isTouched("retention") ? { declared_zdr } : {}),
  };
}
