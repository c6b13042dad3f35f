import { z } from "zod";
import type { EndpointNews } from "./measurement-book";
import { CLASSES } from "./value-scale";

const countSchema = z.int().min(0).max(1_000_000_000);
const countsSchema = z.array(
  z.tuple([
    z
      .int()
      .min(0)
      .max(CLASSES - 1),
    countSchema,
  ]),
);
/** As short as may be: PostgreSQL takes little at a time. */
const newsSchema = z.array(
  z.tuple([z.string(), countSchema, countSchema, countSchema, countSchema, countsSchema, countsSchema]),
);

/** Writes news as texts of at most `maxBytes` each. One endpoint's are never more than a few thousand bytes. */
export function encodeNews(news: readonly EndpointNews[], maxBytes: number): string[] {
  const texts: string[] = [];
  let current = "";
  for (const { endpointId, attempts, failures, failuresInARow, limited, latency, throughput } of news) {
    const text = JSON.stringify([
      endpointId,
      attempts,
      failures,
      failuresInARow,
      limited,
      [...latency],
      [...throughput],
    ]);
    if (current !== "" && Buffer.byteLength(current) + Buffer.byteLength(text) + 3 > maxBytes) {
      texts.push(`[${current}]`);
      current = "";
    }
    current = current === "" ? text : `${current},${text}`;
  }
  return current === "" ? texts : [...texts, `[${current}]`];
}

/** @throws Error when the text is not what {@link encodeNews} writes. */
export function decodeNews(text: string): EndpointNews[] {
  return newsSchema
    .parse(JSON.parse(text))
    .map(([endpointId, attempts, failures, failuresInARow, limited, latency, throughput]) => ({
      endpointId,
      attempts,
      failures,
      failuresInARow,
      limited,
      latency: new Map(latency),
      throughput: new Map(throughput),
    }));
}
