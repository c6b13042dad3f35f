import { CopyButton } from "./copy-button";

/** Something to be pasted into a terminal or an editor. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <figure className="overflow-hidden rounded-panel border bg-sunken">
      <figcaption className="flex items-center justify-between gap-3 border-b px-4 py-1.5">
        <span className="text-muted text-sm">{label}</span>
        <CopyButton text={code} label="Copy" variant="quiet" />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must take the focus */}
      <pre tabIndex={0} className="overflow-x-auto px-4 py-3.5 font-mono text-[0.8125rem] leading-relaxed">
        <code>{code}</code>
      </pre>
    </figure>
  );
}
