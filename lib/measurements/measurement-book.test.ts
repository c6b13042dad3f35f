import { describe, expect, test } from "vitest";
import { MeasurementBook } from "./measurement-book";

const NOW = 1_700_000_100_000;
const MINUTE = 60_000;
const ID = "acme/model|acme";

describe("uptime", () => {
  test("is the share of attempts that went well; refusals by a rate limit say nothing about it", () => {
    const book = new MeasurementBook();
    for (let times = 0; times < 3; times += 1) book.noteOpened(ID, NOW);
    book.noteFailed(ID, false, NOW);
    book.noteFailed(ID, true, NOW);
    expect(book.measurementsOf(ID, NOW)).toMatchObject({
      uptimeLast5mPercent: 75,
      uptimeLast30mPercent: 75,
      uptimeLast1dPercent: 75,
      latencyMs: null,
      throughputTokensPerSecond: null,
    });
  });

  test("counts an answer that broke off as one that failed", () => {
    const book = new MeasurementBook();
    book.noteOpened(ID, NOW);
    book.noteBroken(ID, book.noteOpened(ID, NOW), NOW);
    expect(book.measurementsOf(ID, NOW)?.uptimeLast5mPercent).toBe(50);
  });

  test("looks back as far as it says", () => {
    const book = new MeasurementBook();
    book.noteFailed(ID, false, NOW - 23 * 60 * MINUTE);
    book.noteFailed(ID, false, NOW - 20 * MINUTE);
    book.noteOpened(ID, NOW);
    book.noteOpened(ID, NOW);
    expect(book.measurementsOf(ID, NOW)).toMatchObject({
      uptimeLast5mPercent: 100,
      uptimeLast30mPercent: 66.667,
      uptimeLast1dPercent: 50,
    });
    expect(book.measurementsOf(ID, NOW + 25 * 60 * MINUTE)?.uptimeLast1dPercent).toBeNull();
  });
});

test("uptime by hour has the running hour last, and nothing where there were no requests", () => {
  const book = new MeasurementBook();
  expect(book.uptimeByHour(ID, NOW)).toEqual([]);
  book.noteFailed(ID, false, NOW - 25 * 60 * MINUTE);
  book.noteFailed(ID, false, NOW - 60 * MINUTE);
  book.noteOpened(ID, NOW - 60 * MINUTE);
  book.noteOpened(ID, NOW);

  const hours = book.uptimeByHour(ID, NOW);
  expect(hours).toHaveLength(24);
  expect(hours.slice(-2)).toEqual([0.5, 1]);
  expect(new Set(hours.slice(0, -2))).toEqual(new Set([null]));
});

test("speeds are told as percentiles, of which the higher ones are the worse", () => {
  const book = new MeasurementBook();
  for (let value = 1; value <= 100; value += 1) book.noteSpeed(ID, value * 10, value, NOW);
  const { latencyMs, throughputTokensPerSecond } = book.measurementsOf(ID, NOW) ?? {};
  expect(latencyMs?.p50).toBeCloseTo(500, -2);
  expect(latencyMs?.p99).toBeGreaterThan(950);
  expect(throughputTokensPerSecond?.p50).toBeCloseTo(50, -1);
  expect(throughputTokensPerSecond?.p99).toBeLessThan(3);
  expect(book.healthOf(ID, NOW)).toMatchObject({ stable: true, latencyMs, throughput: throughputTokensPerSecond });
});

describe("between processes", () => {
  test("what one saw the other knows, each thing once", () => {
    const [here, there] = [new MeasurementBook(), new MeasurementBook()];
    const tell = () => {
      for (const news of here.takeNews()) there.hear(news, NOW);
    };
    for (let times = 0; times < 3; times += 1) here.noteFailed(ID, true, NOW);
    here.noteSpeed(ID, 250, 40, NOW);
    expect(here.hasBadNews).toBe(true);
    tell();
    tell();
    expect(here.hasBadNews).toBe(false);
    expect(there.healthOf(ID, NOW)?.stable).toBe(false);
    expect(there.healthOf(ID, NOW)?.latencyMs).toEqual(here.healthOf(ID, NOW)?.latencyMs);
    expect(there.measurementsOf(ID, NOW)).toEqual(here.measurementsOf(ID, NOW));
    here.noteOpened(ID, NOW);
    tell();
    expect(there.measurementsOf(ID, NOW)?.uptimeLast1dPercent).toBe(100);
    expect(there.takeNews()).toEqual([]);
  });
});

describe("across a restart", () => {
  test("what was written comes back, and is not written twice", () => {
    const before = new MeasurementBook();
    before.noteOpened(ID, NOW - 7 * MINUTE);
    before.noteFailed(ID, false, NOW);
    before.noteSpeed(ID, 250, 40, NOW);
    const rows = before.takeUnwritten(NOW);
    expect(rows).toHaveLength(2);
    expect(before.takeUnwritten(NOW)).toEqual([]);

    const after = new MeasurementBook();
    after.seed(rows, NOW + 1_000);
    expect(after.measurementsOf(ID, NOW + 1_000)).toEqual(before.measurementsOf(ID, NOW + 1_000));
    expect(after.healthOf(ID, NOW + 1_000)?.latencyMs?.p50).toBeCloseTo(250, -1);
    expect(after.takeUnwritten(NOW)).toEqual([]);
  });

  test("a slot that goes on is written again, whole", () => {
    const book = new MeasurementBook();
    book.noteOpened(ID, NOW);
    expect(book.takeUnwritten(NOW)).toMatchObject([{ endpointId: ID, slot: { attempts: 1 } }]);
    book.noteOpened(ID, NOW);
    expect(book.takeUnwritten(NOW)).toMatchObject([{ endpointId: ID, slot: { attempts: 2 } }]);
  });

  test("what could not be written is tried again, with what came meanwhile", () => {
    const book = new MeasurementBook();
    book.noteOpened(ID, NOW - 7 * MINUTE);
    book.noteOpened(ID, NOW);
    const rows = book.takeUnwritten(NOW);
    book.noteOpened(ID, NOW);
    book.putBack(rows);
    const again = book.takeUnwritten(NOW);
    expect(again.map(({ slot }) => slot.attempts).sort()).toEqual([1, 2]);
  });
});
