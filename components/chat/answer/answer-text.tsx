"use client";

import { lazy, memo, Suspense } from "react";
import { splitMarkdown } from "@/lib/chatroom/split-markdown";

// The parser is as large as all the rest of the page, and is not needed before there is an answer.
const AnswerMarkdown = lazy(() => import("./answer-markdown").then((loaded) => ({ default: loaded.AnswerMarkdown })));

/** What a model wrote, as a document. While it comes, only its last block is read anew. */
export const AnswerText = memo(function AnswerText({ text, isComing }: { text: string; isComing: boolean }) {
  const blocks = splitMarkdown(text);
  return (
    <Suspense fallback={<div className="prose whitespace-pre-wrap">{text}</div>}>
      <div className="prose">
        {blocks.map((block, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever added at the end
          <AnswerMarkdown key={index} text={block} isComing={isComing && index === blocks.length - 1} />
        ))}
      </div>
    </Suspense>
  );
});
