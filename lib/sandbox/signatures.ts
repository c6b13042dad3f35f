import { createHmac } from "node:crypto";

/** Makers whose models sign their reasoning; the platform that hosts the model does not matter to them. */
export type Signer = "anthropic" | "google";

/**
 * The signature of a piece of reasoning: opaque, and the same for the same text, so that reasoning which comes back
 * changed, or from another maker, is noticed as the real providers notice it. It protects nothing.
 */
export function signReasoning(signer: Signer, text: string): string {
  return createHmac("sha512", `sandbox:${signer}`).update(text).digest("base64");
}

/** An opaque block that stands for reasoning nobody may read; `isSealed` recognises its own. */
export function sealReasoning(signer: Signer, text: string): string {
  const seed = createHmac("sha256", `sandbox-sealed:${signer}`).update(text).digest("base64url");
  return `${seed}.${createHmac("sha256", `sandbox-seal:${signer}`).update(seed).digest("base64url")}`;
}

export function isSealed(signer: Signer, data: string): boolean {
  const [seed = "", seal] = data.split(".");
  return seal === createHmac("sha256", `sandbox-seal:${signer}`).update(seed).digest("base64url");
}
