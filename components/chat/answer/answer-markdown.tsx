import { memo, useEffect, useState } from "react";
import ReactMarkdown, { type Components, type Options } from "react-markdown";
import remarkGfm from "remark-gfm";
import { MARKDOWN_COMPONENTS } from "@/components/ui/markdown-components";
import { CodeView } from "./code-view";

type Plugins = Pick<Options, "remarkPlugins" | "rehypePlugins">;

const PLAIN: Plugins = { remarkPlugins: [remarkGfm] };
let withMath: Plugins | undefined;

/** Loads what formulas need: large, and few answers have any. */
async function loadMath(): Promise<Plugins> {
  const [{ default: remarkMath }, { default: rehypeKatex }] = await Promise.all([
    import("remark-math"),
    import("rehype-katex"),
    import("katex/dist/katex.min.css"),
  ]);
  withMath = { remarkPlugins: [remarkGfm, remarkMath], rehypePlugins: [[rehypeKatex, { errorColor: "currentColor" }]] };
  return withMath;
}

/** One block of an answer. */
export const AnswerMarkdown = memo(function AnswerMarkdown({ text, isComing }: { text: string; isComing: boolean }) {
  const source = withDollars(text);
  const hasMath = /\$[^\s$]/.test(source) || source.includes("$$");
  const plugins = useMath(hasMath);
  return (
    <ReactMarkdown {...plugins} components={isComing ? COMING : WHOLE}>
      {source}
    </ReactMarkdown>
  );
});

function useMath(isWanted: boolean): Plugins {
  const [plugins, setPlugins] = useState(withMath);
  useEffect(() => {
    if (!isWanted || plugins !== undefined) return;
    let isGone = false;
    void loadMath().then((loaded) => isGone || setPlugins(loaded));
    return () => {
      isGone = true;
    };
  }, [isWanted, plugins]);
  return isWanted ? (plugins ?? PLAIN) : PLAIN;
}

/** Many models mark formulas as LaTeX does; a price such as $5 is none. */
function withDollars(text: string): string {
  if (text.startsWith("```") || text.startsWith("~~~")) return text;
  return text
    .replace(/\\\[([\s\S]+?)\\\]/g, (_whole, formula: string) => `$$\n${formula.trim()}\n$$`)
    .replace(/\\\((.+?)\\\)/g, (_whole, formula: string) => `$${formula.trim()}$`)
    .replace(/(?<![\\$\w])\$(?=\d[\d,.]*(?:[\s).,;:!?–-]|[kKmMbB]?\b(?!\s*[\\^_=+*/<>-]))[^$\n]*(?:\n|$))/g, "\\$");
}

function componentsOf(isComing: boolean): Components {
  return {
    ...MARKDOWN_COMPONENTS,
    pre: ({ node }) => {
      const code = node?.children[0];
      if (code?.type !== "element") return null;
      const [text] = code.children;
      const names = code.properties.className;
      const language = Array.isArray(names) ? String(names[0] ?? "").replace("language-", "") : "";
      return <CodeView code={text?.type === "text" ? text.value : ""} language={language} isComing={isComing} />;
    },
  };
}

const WHOLE = componentsOf(false);
const COMING = componentsOf(true);
