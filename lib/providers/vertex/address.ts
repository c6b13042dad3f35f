import type { AdapterTarget } from "../types";

/** Where requests go that are bound to no region. */
const USUAL_REGION = "global";

/** The catalog's word for the part of the world that Google calls `eu`. */
const REGION_NAMES: Readonly<Record<string, string>> = { europe: "eu" };

/**
 * The address up to and including the version, the project and the location, where they are part of it.
 * Source: cloud.google.com/vertex-ai/generative-ai/docs/learn/locations, as known in 2026-11.
 */
export function locationUrlOf({ baseUrl, region, settings }: AdapterTarget): string {
  const location = REGION_NAMES[region ?? ""] ?? region ?? USUAL_REGION;
  const filled = baseUrl.replace("{region}", hostOf(location));
  const base = /\/v\d+(alpha|beta)?\d*$/.test(filled) || filled.includes("/projects/") ? filled : `${filled}/v1`;
  // A key without a project stands for one already.
  if (settings?.project === undefined || base.includes("/projects/")) return base;
  return `${base}/projects/${encodeURIComponent(settings.project)}/locations/${encodeURIComponent(location)}`;
}

function hostOf(location: string): string {
  if (location === "global") return "aiplatform.googleapis.com";
  // Parts of the world that hold several regions have hosts of another form.
  return location.includes("-") ? `${location}-aiplatform.googleapis.com` : `aiplatform.${location}.rep.googleapis.com`;
}
