import { AppError, ERRORS } from "@/lib/errors";
import type { UpstreamFailure } from "@/lib/providers/types";
import type { AnswerEnding } from "./doors/door";
import type { GenerationContext } from "./generation-context";
import type { AnswerOutcome } from "./meter-answer";
import { renderUsage } from "./render-usage";
import { renderRouterMetadata } from "./router-metadata";
import type { SettledGeneration } from "./settle-generation";

/** How an answer ended, as doors tell it. */
export function endingOf(
  { wantsRouterMetadata, route }: GenerationContext,
  { end, finishReason, nativeFinishReason, stopSequence, serviceTier, systemFingerprint }: AnswerOutcome,
  settled: SettledGeneration,
): AnswerEnding {
  const finish = end.kind === "failed" ? "error" : (finishReason ?? "stop");
  return {
    endedSeconds: Math.floor(Date.now() / 1_000),
    finishReason: finish,
    nativeFinishReason: nativeFinishReason ?? finish,
    stopSequence,
    usage: renderUsage(settled),
    serviceTier,
    systemFingerprint,
    failure: end.kind === "failed" ? midStreamError(end.failure) : undefined,
    routerMetadata: wantsRouterMetadata ? renderRouterMetadata(route) : undefined,
  };
}

/** A failure after the first content: the status has gone out, so it is told inside the answer. */
function midStreamError(failure: UpstreamFailure): AppError {
  const code =
    failure.status === 408 ? "provider_timeout" : failure.status === 429 ? "rate_limited" : "provider_failed";
  return new AppError(code, `Provider returned an error: ${failure.message}`, {
    metadata: {
      error_type: ERRORS[code].type,
      ...(failure.providerCode === undefined ? {} : { provider_code: failure.providerCode }),
    },
  });
}
