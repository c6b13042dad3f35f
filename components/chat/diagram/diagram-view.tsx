"use client";

import { Code, Download, Workflow } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { CodeFrame } from "../answer/code-frame";
import { CodeView } from "../answer/code-view";
import { useDrawsDiagrams } from "./diagram-preference";
import { drawDiagram, NoDiagram } from "./draw-diagram";
import { useThemeName } from "./use-theme-name";

/** A diagram that a model wrote: its text, or, when the reader wants it, what that draws. */
export function DiagramView({ source }: { source: string }) {
  const drawsAtOnce = useDrawsDiagrams();
  const [wanted, setWanted] = useState<boolean>();
  const isDrawn = wanted ?? drawsAtOnce;
  const drawing = useDrawing(source, isDrawn);

  if (!isDrawn || drawing === undefined || "trouble" in drawing) {
    return (
      <CodeView
        code={source}
        language="mermaid"
        isComing={false}
        note={isDrawn && drawing !== undefined && "trouble" in drawing ? `Not drawn: ${drawing.trouble}` : undefined}
        action={
          isDrawn ? null : (
            <Button variant="quiet" size="small" onClick={() => setWanted(true)}>
              <Workflow aria-hidden="true" />
              Draw
            </Button>
          )
        }
      />
    );
  }
  return (
    <CodeFrame
      label="diagram"
      action={
        <>
          <a href={drawing.url} download="diagram.svg" className={buttonStyle("quiet", "small", "no-underline!")}>
            <Download aria-hidden="true" />
            Download
          </a>
          <Button variant="quiet" size="small" onClick={() => setWanted(false)}>
            <Code aria-hidden="true" />
            Show the text
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must take the focus */}
      <div tabIndex={0} className="overflow-x-auto bg-raised p-4 focus-visible:-outline-offset-2">
        {/* biome-ignore lint/performance/noImgElement: drawn in this browser, which no server can make smaller */}
        <img src={drawing.url} alt={`Diagram: ${firstLineOf(source)}`} className="mx-auto max-h-[36rem] max-w-full" />
      </div>
    </CodeFrame>
  );
}

type Drawing = { url: string } | { trouble: string };

function useDrawing(source: string, isWanted: boolean): Drawing | undefined {
  const theme = useThemeName();
  const [drawing, setDrawing] = useState<Drawing>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    if (!isWanted) return;
    let isGone = false;
    let url: string | undefined;
    drawDiagram(source).then(
      (svg) => {
        if (isGone) return;
        url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
        setDrawing({ url });
      },
      (error: unknown) => {
        if (!isGone) setDrawing({ trouble: error instanceof NoDiagram ? error.message : "It cannot be drawn." });
      },
    );
    return () => {
      isGone = true;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [source, isWanted, theme]);
  return drawing;
}

function firstLineOf(source: string): string {
  return source.trim().split("\n")[0] ?? "";
}
