import { ArrowRight, AudioLines, Brackets, FileText, Image, type LucideIcon, Type, Video } from "lucide-react";
import { cn } from "@/components/ui/cn";

const ICONS: Readonly<Record<string, LucideIcon>> = {
  text: Type,
  image: Image,
  file: FileText,
  audio: AudioLines,
  video: Video,
  embeddings: Brackets,
  to: ArrowRight,
};

/** The pictures of {@link ModalityIcons}, once in a page: a long list would say the same paths hundreds of times. */
export function ModalitySprite() {
  return (
    <svg aria-hidden="true" className="absolute size-0">
      <defs>
        {Object.entries(ICONS).map(([name, Icon]) => (
          <symbol key={name} id={`modality-${name}`} viewBox="0 0 24 24">
            <Icon className="size-full" />
          </symbol>
        ))}
      </defs>
    </svg>
  );
}

type ModalityIconsProps = Record<"inputs" | "outputs", readonly string[]>;

/** What a model reads and what it writes. The page has a {@link ModalitySprite}. */
export function ModalityIcons({ inputs, outputs }: ModalityIconsProps) {
  return (
    <span
      title={`${inputs.join(", ")} → ${outputs.join(", ")}`}
      className="inline-flex items-center gap-1 align-middle text-muted"
    >
      <span className="sr-only">{`Reads ${inputs.join(", ")}; writes ${outputs.join(", ")}`}</span>
      {inputs.map((modality) => (
        <Icon key={modality} of={modality} />
      ))}
      <Icon of="to" className="size-3 opacity-60" />
      {outputs.map((modality) => (
        <Icon key={modality} of={modality} />
      ))}
    </span>
  );
}

function Icon({ of, className }: { of: string; className?: string }) {
  return (
    <svg aria-hidden="true" className={cn("size-3.5", className)}>
      <use href={`#modality-${of in ICONS ? of : "text"}`} />
    </svg>
  );
}
