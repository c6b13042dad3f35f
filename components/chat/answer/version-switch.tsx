import { ChevronLeft, ChevronRight } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";

type VersionSwitchProps = {
  /** "question" or "answer". */
  what: string;
  index: number;
  ids: readonly string[];
  onShow: (id: string) => void;
};

/** The way between the wordings of a question, or the versions of an answer. */
export function VersionSwitch({ what, index, ids, onShow }: VersionSwitchProps) {
  if (ids.length < 2) return null;
  const [before, after] = [ids[index - 1], ids[index + 1]];
  return (
    <span className="inline-flex items-center text-muted text-xs">
      <IconButton
        label={`Earlier ${what}`}
        size="small"
        aria-disabled={before === undefined}
        onClick={() => before !== undefined && onShow(before)}
      >
        <ChevronLeft aria-hidden="true" />
      </IconButton>
      <span role="status" aria-label={`${what} ${index + 1} of ${ids.length}`}>
        {index + 1}/{ids.length}
      </span>
      <IconButton
        label={`Later ${what}`}
        size="small"
        aria-disabled={after === undefined}
        onClick={() => after !== undefined && onShow(after)}
      >
        <ChevronRight aria-hidden="true" />
      </IconButton>
    </span>
  );
}
