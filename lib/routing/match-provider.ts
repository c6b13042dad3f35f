import type { Endpoint } from "@/lib/schemas/endpoint";

/**
 * Whether a name in `order`, `only` or `ignore` (lower-case) means this endpoint: a provider's slug or display name
 * means all of its endpoints, `slug/variant` that one only.
 */
export function matchesProvider(name: string, endpoint: Endpoint): boolean {
  return (
    name === endpoint.provider.slug ||
    name === endpoint.tag.toLowerCase() ||
    name === endpoint.provider.name.toLowerCase()
  );
}
