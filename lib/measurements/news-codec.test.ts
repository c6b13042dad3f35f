import { expect, test } from "vitest";
import type { EndpointNews } from "./measurement-book";
import { decodeNews, encodeNews } from "./news-codec";

const newsOf = (endpointId: string): EndpointNews => ({
  endpointId,
  attempts: 5,
  failures: 3,
  failuresInARow: 2,
  limited: 1,
  latency: new Map([
    [100, 2],
    [120, 1],
  ]),
  throughput: new Map([[80, 2]]),
});

test.each([0, 1, 2, 500])("%i endpoints come back as they were told, in pieces that fit", (count) => {
  const news = Array.from({ length: count }, (_, index) => newsOf(`acme/modèle-${index}|acme/turbo`));
  const texts = encodeNews(news, 1_000);
  for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_000);
  expect(texts.flatMap(decodeNews)).toEqual(news);
});

test.each(["", "{}", '[["id",1]]', '[["id",1,0,0,0,[[99999,1]],[]]]', '[["id",-1,0,0,0,[],[]]]'])(
  "%s is not understood",
  (text) => expect(() => decodeNews(text)).toThrow(),
);
