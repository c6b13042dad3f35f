import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { CodeFrame } from "./code-frame";

const ColouredCode = lazy(() => import("./coloured-code").then((loaded) => ({ default: loaded.ColouredCode })));

/** Colouring costs more than drawing: while code comes, it is done this often. */
const COLOUR_EVERY_MS = 300;
/** Longer code stays plain: nobody reads its colours, and everybody waits for them. */
const MAX_COLOURED_CHARS = 40_000;

type CodeViewProps = {
  code: string;
  language: string;
  isComing: boolean;
  /** Beside the way to copy it. */
  action?: ReactNode;
  /** Below it. */
  note?: string | undefined;
};

/** Code that a model wrote. */
export function CodeView({ code, language, isComing, action, note }: CodeViewProps) {
  const text = code.replace(/\n$/, "");
  const coloured = useEvery(text, isComing ? COLOUR_EVERY_MS : 0);
  const isColoured = language !== "" && text.length <= MAX_COLOURED_CHARS;
  return (
    <CodeFrame
      label={language === "" ? "text" : language}
      action={
        <>
          {action}
          <CopyButton text={text} label="Copy" variant="quiet" />
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must take the focus */}
      <pre tabIndex={0} className="rounded-none! border-0! focus-visible:-outline-offset-2">
        <code>
          {isColoured ? (
            <Suspense fallback={text}>
              <ColouredCode code={coloured} language={language} />
              {text.slice(coloured.length)}
            </Suspense>
          ) : (
            text
          )}
        </code>
      </pre>
      {note !== undefined && <p className="wrap-anywhere border-t px-3.5 py-2 text-caution text-xs">{note}</p>}
    </CodeFrame>
  );
}

/** The text as it was at most so long ago; at once when it does not go on from what is shown. */
function useEvery(text: string, everyMs: number): string {
  const [shown, setShown] = useState(text);
  const newest = useRef(text);
  newest.current = text;
  const isWaiting = everyMs > 0 && text.startsWith(shown) && text !== shown;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setShown(newest.current), everyMs);
    return () => clearTimeout(timer);
  }, [isWaiting, everyMs]);
  return isWaiting ? shown : text;
}
