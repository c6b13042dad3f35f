import { ArrowRight, AudioLines, Brackets, FileText, Image, type LucideIcon, Type, Video } from "lucide-react";

const ICONS: Readonly<Record<string, LucideIcon>> = {
  text: Type,
  image: Image,
  file: FileText,
  audio: AudioLines,
  video: Video,
  embeddings: Brackets,
};

type ModalityIconsProps = Record<"inputs" | "outputs", readonly string[]>;

/** What a model reads and what it writes. */
export function ModalityIcons({ inputs, outputs }: ModalityIconsProps) {
  const text = `${inputs.join(", ")} → ${outputs.join(", ")}`;
  return (
    <span title={text} className="inline-flex items-center gap-1 align-middle text-muted">
      <span className="sr-only">
        Reads {inputs.join(", ")}; writes {outputs.join(", ")}
      </span>
      <Icons modalities={inputs} />
      <ArrowRight aria-hidden="true" className="size-3 opacity-60" />
      <Icons modalities={outputs} />
    </span>
  );
}

function Icons({ modalities }: { modalities: readonly string[] }) {
  return modalities.map((modality) => {
    const Icon = ICONS[modality] ?? Type;
    return <Icon key={modality} aria-hidden="true" className="size-3.5" />;
  });
}
