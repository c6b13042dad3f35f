/** Words of vendors and of the catalog for a part of the world. */
const GEOGRAPHIES: Readonly<Record<string, string>> = { europe: "eu", asia: "ap", apac: "ap" };

/** The part of the world that a region is in: `us-east-1` and `us` are in `us`, `europe-west1` and `eu` in `eu`. */
export function geographyOf(region: string): string {
  const [first = ""] = region.split("-");
  return GEOGRAPHIES[first] ?? first;
}

/**
 * Whether a connection that is bound to the region `own` may serve an endpoint in the region `wanted`: an endpoint that
 * stands for a part of the world must not be served from another one.
 */
export function servesRegion(own: string | undefined, wanted: string | undefined): boolean {
  if (own === undefined || wanted === undefined || own === "global" || wanted === "global") return true;
  return geographyOf(own) === geographyOf(wanted);
}

/** The region that a request goes to: the connection's own, unless it leaves the choice to the endpoint. */
export function regionFor(own: string | undefined, wanted: string | undefined): string | undefined {
  return own === undefined || own === "global" ? (wanted ?? own) : own;
}
