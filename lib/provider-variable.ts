/** A provider's slug as its environment variables spell it: `deepinfra` is `DEEPINFRA`, `google-ai-studio` is `GOOGLE_AI_STUDIO`. */
export function variablePrefixOf(slug: string): string {
  return slug.toUpperCase().replace(/[^A-Z0-9]/g, "_");
}
