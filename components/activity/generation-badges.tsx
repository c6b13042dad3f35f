import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { GenerationSummary } from "@/lib/schemas/generation";

type Mark = { word: string; tone: BadgeTone; title: string };

/** What is out of the ordinary about a generation. */
export function GenerationBadges({ generation }: { generation: GenerationSummary }) {
  const marks = marksOf(generation);
  if (marks.length === 0) return null;
  return (
    <span className="inline-flex flex-wrap gap-1 align-[0.05em]">
      {marks.map(({ word, tone, title }) => (
        <Badge key={word} tone={tone} title={title}>
          {word}
        </Badge>
      ))}
    </span>
  );
}

function marksOf({ state, insured, estimated, isByok, sandbox }: GenerationSummary): Mark[] {
  const marks: Mark[] = [];
  if (state === "failed") marks.push({ word: "failed", tone: "danger", title: "It ended with an error" });
  if (state === "aborted") marks.push({ word: "aborted", tone: "caution", title: "The client left before the end" });
  if (state === "interrupted")
    marks.push({ word: "interrupted", tone: "caution", title: "The server stopped while it was on its way" });
  if (insured && state !== "interrupted")
    marks.push({ word: "insured", tone: "signal", title: "Nothing useful came back, so nothing was charged" });
  if (estimated && state !== "interrupted")
    marks.push({ word: "estimated", tone: "neutral", title: "The provider gave no token counts; these are our own" });
  if (isByok) marks.push({ word: "BYOK", tone: "neutral", title: "Made with a provider key of your own" });
  if (sandbox)
    marks.push({ word: "sandbox", tone: "caution", title: "Answered by the built-in sandbox, not by a real provider" });
  return marks;
}
