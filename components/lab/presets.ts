import type { LabProvider } from "@/lib/schemas/lab";
import type { FaultMap } from "@/lib/schemas/provider-faults";

export type LabPreset = { label: string; hint: string; faults: FaultMap };

const DOWN = "openai";

/** Situations that every operator knows, each as the whole board. `chosen` is the provider whose faults are open. */
export function presetsFor(providers: readonly LabProvider[], chosen: LabProvider | undefined): LabPreset[] {
  const all = (faults: FaultMap[string]): FaultMap => Object.fromEntries(providers.map(({ slug }) => [slug, faults]));
  const down = providers.find(({ slug }) => slug === DOWN);
  return [
    ...(down === undefined
      ? []
      : [
          {
            label: `${down.name} is down`,
            hint: "Every request to it is answered with 503.",
            faults: { [down.slug]: { error: { status: 503 } } },
          },
        ]),
    {
      label: "Everything is slow",
      hint: "Three seconds to the first token, and slow after it, with everybody.",
      faults: all({ extraLatencyMs: 3_000, slowChunkMs: 80 }),
    },
    ...(chosen === undefined
      ? []
      : [
          {
            label: `${chosen.name} flaps`,
            hint: "Every other request to it fails.",
            faults: { [chosen.slug]: { error: { status: 503, probability: 0.5 } } },
          },
        ]),
    {
      label: "Rate limits everywhere",
      hint: "Every third request is answered with 429.",
      faults: all({ error: { status: 429, probability: 0.33 } }),
    },
    {
      label: "Streams break off",
      hint: "One in three ends in the middle of the answer.",
      faults: all({ truncate: { afterChunks: 3, probability: 0.33 } }),
    },
  ];
}
