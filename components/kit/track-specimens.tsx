import { describeTrack } from "@/components/track-diagram/describe-track";
import type { Track, TrackLine, TrackState } from "@/components/track-diagram/track";
import { TrackDiagram } from "@/components/track-diagram/track-diagram";
import { TrackStrip } from "@/components/track-diagram/track-strip";
import { Specimen } from "./specimen";

const MODEL = "openai/gpt-oss-120b";

function line(provider: string, state: TrackState, more: Partial<TrackLine> = {}): TrackLine {
  return {
    model: MODEL,
    provider,
    endpoint: provider.toLowerCase(),
    state,
    probability: undefined,
    notes: [],
    ...more,
  };
}

const excluded = (reason: string, fix: string): TrackState => ({ kind: "excluded", reason, fix });
const NO_KEY = excluded("nobody has a key for this provider", "set its API key");
const attempt = (status: number, latencyMs: number, error?: string) => ({ status, latencyMs, error });

const FAILED_OVER: Track = {
  requested: MODEL,
  isPlan: false,
  lines: [
    line(
      "DeepInfra",
      { kind: "failed", attempts: [attempt(503, 340, "upstream is overloaded")] },
      { endpoint: "deepinfra/turbo" },
    ),
    line("Fireworks", { kind: "failed", attempts: [attempt(408, 5_000, "no first token in time")] }),
    line("Groq", { kind: "served", attempts: [attempt(200, 1_180)] }),
    line("Together", { kind: "waiting" }),
    line("Novita", excluded("above provider.max_price", "raise provider.max_price.prompt to 0.15")),
    line("Chutes", excluded("may train on prompts", "allow it in your privacy settings")),
    ...["Azure", "Baseten", "Cerebras", "Crusoe", "Nebius", "SambaNova"].map((name) => line(name, NO_KEY)),
  ],
};

const PLAN: Track = {
  requested: `${MODEL}:nitro`,
  isPlan: true,
  lines: [
    line("DeepInfra", { kind: "set" }, { probability: 0.62, endpoint: "deepinfra/turbo" }),
    ...["Fireworks", "Groq", "Together", "Nebius", "Chutes", "Novita"].map((name, index) =>
      line(name, { kind: "waiting" }, { probability: 0.2 / (index + 1) }),
    ),
    line("Azure", excluded("does not support tools", "leave out tools")),
  ],
};

const ALL_FAILED: Track = {
  requested: MODEL,
  isPlan: false,
  lines: [
    line("DeepInfra", {
      kind: "failed",
      attempts: [attempt(429, 90, "rate limited"), attempt(429, 80, "rate limited")],
    }),
    line("Groq", { kind: "failed", attempts: [attempt(502, 210, "bad gateway")] }),
  ],
};

const REFUSED: Track = {
  requested: "acme/unknown",
  isPlan: true,
  lines: ["Azure", "Groq"].map((name) => line(name, excluded("does not support tools", "leave out tools"))),
};

const DIRECT: Track = {
  requested: MODEL,
  isPlan: false,
  lines: [line("DeepInfra", { kind: "served", attempts: [attempt(200, 640)] }), line("Groq", { kind: "waiting" })],
};

export function TrackSpecimens() {
  return (
    <Specimen id="track" title="Track diagram">
      <TrackDiagram track={FAILED_OVER} />
      <TrackDiagram track={PLAN} />
      <div className="grid gap-8 lg:grid-cols-2">
        <TrackDiagram track={ALL_FAILED} />
        <TrackDiagram track={REFUSED} />
      </div>
      <p className="flex flex-wrap items-center gap-x-10 gap-y-4 text-dense text-muted">
        {[DIRECT, FAILED_OVER, ALL_FAILED, REFUSED].map((track) => (
          <TrackStrip key={describeTrack(track)} track={track} />
        ))}
      </p>
    </Specimen>
  );
}
