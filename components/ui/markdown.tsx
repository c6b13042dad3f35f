"use client";

import { lazy, Suspense } from "react";

// The parser is as large as all the rest of a page, and no page shows such text before it was asked for.
const MarkdownDocument = lazy(() =>
  import("./markdown-document").then((loaded) => ({ default: loaded.MarkdownDocument })),
);

/** Text that a model wrote, as a document; as it is while the parser is on its way. */
export function Markdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<div className="prose whitespace-pre-wrap">{text}</div>}>
      <MarkdownDocument text={text} />
    </Suspense>
  );
}
