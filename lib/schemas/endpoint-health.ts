/** Of every hundred answers, 50, 75, 90 and 99 were at most (for times) or at least (for speeds) so. */
export type Percentiles = { p50: number; p75: number; p90: number; p99: number };

/** What has been measured of an endpoint lately; each value `undefined` where nothing was. */
export type EndpointHealth = {
  /** No significant outage in the last 30 s. */
  stable: boolean;
  /** Milliseconds to the first content, over the last five minutes. */
  latencyMs: Percentiles | undefined;
  /** Tokens per second, over the last five minutes. The slower side: at p90 only one answer in ten was slower. */
  throughput: Percentiles | undefined;
};

/** By endpoint id. An endpoint of which nothing is known is not in it, and counts as stable. */
export type HealthSnapshot = ReadonlyMap<string, EndpointHealth>;

/** What was seen of an endpoint lately, for people and clients. Null: no requests in that time. */
export type EndpointMeasurements = {
  /** Shares of requests that succeeded, from 0 to 100. */
  uptimeLast5mPercent: number | null;
  uptimeLast30mPercent: number | null;
  uptimeLast1dPercent: number | null;
  /** Time to the first content over the last 30 minutes. */
  latencyMs: Percentiles | null;
  /** Over the last 30 minutes. */
  throughputTokensPerSecond: Percentiles | null;
};
