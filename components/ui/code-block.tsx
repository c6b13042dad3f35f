import { cn } from "./cn";
import { CopyButton } from "./copy-button";
import { type CodeLanguage, type CodeToken, highlight } from "./highlight";

const COLOURS = {
  plain: undefined,
  string: "text-code-string",
  comment: "text-muted",
  keyword: "text-code-keyword",
  number: "text-code-number",
} as const satisfies Record<CodeToken["kind"], string | undefined>;

type CodeBlockProps = { code: string; label: string; language?: CodeLanguage; className?: string };

/** Something to be pasted into a terminal or an editor. */
export function CodeBlock({ code, label, language = "text", className }: CodeBlockProps) {
  return (
    <figure className={cn("overflow-hidden rounded-control border bg-sunken", className)}>
      <figcaption className="flex items-center justify-between gap-3 border-b py-1 ps-3.5 pe-1.5">
        <span className="text-dense text-muted">{label}</span>
        <CopyButton text={code} label="Copy" variant="quiet" />
      </figcaption>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must take the focus
        tabIndex={0}
        className="overflow-x-auto px-3.5 py-3 font-mono text-xs leading-[1.65] focus-visible:-outline-offset-2"
      >
        <code>
          {highlight(code, language).map(({ kind, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text, which have no other name
            <span key={index} className={COLOURS[kind]}>
              {text}
            </span>
          ))}
        </code>
      </pre>
    </figure>
  );
}
