import { Duration, Speed } from "@/components/ui/duration";
import { formatCount } from "@/components/ui/format-count";
import { KeyValue, KeyValues } from "@/components/ui/key-values";
import { Stat, StatRow } from "@/components/ui/stat";
import { TextLink } from "@/components/ui/text-link";
import { writeActivityAddress } from "@/lib/activity-filter/write-activity-address";
import { CHATROOM } from "@/lib/schemas/activity-filter";
import type { GenerationDetail, GenerationSummary } from "@/lib/schemas/generation";
import { finishOf, keyOf } from "./generation-facts";

/** What matters of a generation, in figures. */
export function GenerationFigures({ generation }: { generation: GenerationSummary }) {
  const { promptTokens, completionTokens, cachedTokens, reasoningTokens, costUsd, firstTokenMs } = generation;
  return (
    <StatRow>
      <Stat
        label="Cost"
        value={<span className="wrap-anywhere text-lg">${costUsd}</span>}
        note={finishOf(generation)}
      />
      <Stat
        label="Tokens in"
        value={<span className="text-lg">{formatCount(promptTokens)}</span>}
        note={cachedTokens > 0 ? `${formatCount(cachedTokens)} of them cached` : undefined}
      />
      <Stat
        label="Tokens out"
        value={<span className="text-lg">{formatCount(completionTokens)}</span>}
        note={reasoningTokens > 0 ? `${formatCount(reasoningTokens)} of them reasoning` : undefined}
      />
      <Stat
        label="First token"
        value={
          <span className="text-lg">
            <Duration ms={firstTokenMs} />
          </span>
        }
        note={generation.tokensPerSecond === null ? undefined : <Speed tokensPerSecond={generation.tokensPerSecond} />}
      />
    </StatRow>
  );
}

/** Who asked for what, and how. */
export function GenerationClient({ generation }: { generation: GenerationDetail }) {
  const { requestedModel, modelId, providerName, endpointTag, keyHash, keyLabel } = generation;
  return (
    <KeyValues>
      {requestedModel !== modelId && <KeyValue name="Asked for">{requestedModel}</KeyValue>}
      <KeyValue name="Provider">
        {providerName ?? "None was reached"}
        {endpointTag !== null && <span className="text-muted"> ({endpointTag})</span>}
      </KeyValue>
      <KeyValue name="Made with">
        <TextLink href={writeActivityAddress({ key: keyHash ?? CHATROOM })}>{keyOf(generation)}</TextLink>
        {keyLabel !== null && <code className="font-mono text-muted text-xs"> {keyLabel}</code>}
      </KeyValue>
      <Fact name="App">{generation.app}</Fact>
      <Fact name="Site">{generation.httpReferer}</Fact>
      <Fact name="Client">{generation.userAgent}</Fact>
      <Fact name="User of the app">{generation.externalUser}</Fact>
      <Fact name="Session">{generation.sessionId}</Fact>
      <Fact name="Service tier">{generation.serviceTier}</Fact>
      <Fact name="Finish reason">{generation.finishReason}</Fact>
      {generation.nativeFinishReason !== generation.finishReason && (
        <Fact name="In the provider's words">{generation.nativeFinishReason}</Fact>
      )}
      <Fact name="Provider's id">{generation.upstreamId}</Fact>
      <CountFact name="Tokens written to a cache" count={generation.cacheWriteTokens} />
      <CountFact name="Image tokens" count={generation.imageTokens} />
      <CountFact name="Audio tokens" count={generation.audioTokens} />
      {generation.upstreamCostUsd !== null && (
        <KeyValue name="Paid to the provider">${generation.upstreamCostUsd}</KeyValue>
      )}
    </KeyValues>
  );
}

function Fact({ name, children }: { name: string; children: string | null }) {
  return children === null || children === "" ? null : <KeyValue name={name}>{children}</KeyValue>;
}

function CountFact({ name, count }: { name: string; count: number }) {
  return count === 0 ? null : <KeyValue name={name}>{formatCount(count)}</KeyValue>;
}
