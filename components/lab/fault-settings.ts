import type { ProviderFaults } from "@/lib/schemas/provider-faults";

/** A provider's faults as the Lab turns them. Rates are percent of its requests; 0 is off. */
export type FaultSettings = {
  /** Before the first byte. */
  latencyMs: number;
  /** Before each piece of a stream. */
  chunkMs: number;
  errorRate: number;
  errorStatus: number;
  stallRate: number;
  /** After a few pieces of the answer instead of before the first. */
  stallsMidStream: boolean;
  truncateRate: number;
  garbageRate: number;
};

export const ERROR_STATUSES = [400, 401, 403, 404, 408, 413, 429, 500, 502, 503, 504, 529] as const;

/** So many pieces come through before something happens in the middle of a stream. */
const PIECES_BEFORE = 3;
const DEFAULT_STATUS = 503;

export function settingsOf(faults: ProviderFaults | undefined): FaultSettings {
  return {
    latencyMs: faults?.extraLatencyMs ?? 0,
    chunkMs: faults?.slowChunkMs ?? 0,
    errorRate: rateOf(faults?.error),
    errorStatus: faults?.error?.status ?? DEFAULT_STATUS,
    stallRate: rateOf(faults?.stall),
    stallsMidStream: faults?.stall?.afterChunks !== undefined,
    truncateRate: rateOf(faults?.truncate),
    garbageRate: rateOf(faults?.garbage),
  };
}

/** The faults of these settings; kinds of faults that the Lab does not turn stay as they are in `before`. */
export function faultsOf(settings: FaultSettings, before: ProviderFaults | undefined): ProviderFaults {
  const { latencyMs, chunkMs, errorRate, errorStatus, stallRate, stallsMidStream, truncateRate, garbageRate } =
    settings;
  const { reset, empty, refuse } = before ?? {};
  return {
    ...(reset === undefined ? {} : { reset }),
    ...(empty === undefined ? {} : { empty }),
    ...(refuse === undefined ? {} : { refuse }),
    ...(latencyMs === 0 ? {} : { extraLatencyMs: latencyMs }),
    ...(chunkMs === 0 ? {} : { slowChunkMs: chunkMs }),
    ...(errorRate === 0 ? {} : { error: { status: errorStatus, probability: errorRate / 100 } }),
    ...(stallRate === 0
      ? {}
      : { stall: { ...(stallsMidStream ? { afterChunks: PIECES_BEFORE } : {}), probability: stallRate / 100 } }),
    ...(truncateRate === 0 ? {} : { truncate: { afterChunks: PIECES_BEFORE, probability: truncateRate / 100 } }),
    ...(garbageRate === 0 ? {} : { garbage: { probability: garbageRate / 100 } }),
  };
}

function rateOf(fault: { probability?: number | undefined } | undefined): number {
  return fault === undefined ? 0 : Math.round((fault.probability ?? 1) * 100);
}
