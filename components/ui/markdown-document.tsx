import { memo } from "react";
import ReactMarkdown from "react-markdown";
import remarkGfm from "remark-gfm";
import { MARKDOWN_COMPONENTS } from "./markdown-components";

const PLUGINS = [remarkGfm];

/** Markdown from somebody who is not trusted: raw HTML stays text, links keep to harmless schemes, no picture loads. */
export const MarkdownDocument = memo(function MarkdownDocument({ text }: { text: string }) {
  return (
    <div className="prose">
      <ReactMarkdown remarkPlugins={PLUGINS} components={MARKDOWN_COMPONENTS}>
        {text}
      </ReactMarkdown>
    </div>
  );
});
