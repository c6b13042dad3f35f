import { lazy, memo, useEffect, useState } from "react";
import ReactMarkdown, { type Components, type Options } from "react-markdown";
import remarkGfm from "remark-gfm";
import remend from "remend";
import { MARKDOWN_COMPONENTS } from "@/components/ui/markdown-components";
import { CodeView } from "./code-view";

type Plugins = Pick<Options, "remarkPlugins">;

const PLAIN: Plugins = { remarkPlugins: [remarkGfm] };
let withMath: Plugins | undefined;

/** Loads what formulas need: large, and few answers have any. */
async function loadMath(): Promise<Plugins> {
  const [{ default: remarkMath }] = await Promise.all([import("remark-math"), import("./formula")]);
  withMath = { remarkPlugins: [remarkGfm, remarkMath] };
  return withMath;
}

const DiagramView = lazy(() => import("../diagram/diagram-view").then((loaded) => ({ default: loaded.DiagramView })));
const Formula = lazy(() => import("./formula").then((loaded) => ({ default: loaded.Formula })));

/** What markdown might mean something by: a text without is a paragraph, and need not be parsed while it grows. */
const MARKUP = /[*_`#[\]<>|~$\\!&\n]|^\s|^(?:[-+]|\d+[.)])(?:\s|$)|https?:|www\.|@/;

/** One block of an answer. */
export const AnswerMarkdown = memo(function AnswerMarkdown({ text, isComing }: { text: string; isComing: boolean }) {
  const source = withDollars(isComing ? withEnds(text) : text);
  const plugins = useMath(/(?<!\\)\$/.test(source));
  if (!MARKUP.test(source)) return <p>{source}</p>;
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

/** Closes what is still open in a text that grows, so that half a link or a lone star is never seen. */
function withEnds(text: string): string {
  return remend(text, { linkMode: "text-only", katex: false });
}

/**
 * Many models mark formulas as LaTeX does. A dollar that opens or closes none is money: what opens is followed by no
 * space, what closes is preceded by none and followed by no digit. Source: pandoc's manual, tex_math_dollars.
 */
function withDollars(text: string): string {
  if (text.startsWith("```") || text.startsWith("~~~") || !/[$\\]/.test(text)) return text;
  return text
    .replace(/\\\[([\s\S]+?)\\\]/g, (_whole, formula: string) => `$$\n${formula.trim()}\n$$`)
    .replace(/\\\((.+?)\\\)/g, (_whole, formula: string) => `$${formula.trim()}$`)
    .replace(/\$\$[\s\S]*?\$\$|\$(?![\s$])(?:[^$\n]*?[^\s\\$])?\$(?!\d)|`[^`]*`|\\\$|\$/g, (found) =>
      found === "$" ? "\\$" : found,
    );
}

function componentsOf(isComing: boolean): Components {
  return {
    ...MARKDOWN_COMPONENTS,
    code: ({ node: _, className, children, ...props }) =>
      className?.includes("math-inline") ? (
        <Formula source={String(children)} isDisplay={false} />
      ) : (
        <code className={className} {...props}>
          {children}
        </code>
      ),
    pre: ({ node }) => {
      const code = node?.children[0];
      if (code?.type !== "element") return null;
      const [text] = code.children;
      const names = code.properties.className;
      const language = Array.isArray(names) ? String(names[0] ?? "").replace("language-", "") : "";
      const source = text?.type === "text" ? text.value : "";
      if (language === "mermaid" && !isComing) return <DiagramView source={source} />;
      if (language === "math") return <Formula source={source} isDisplay />;
      return <CodeView code={source} language={language} isComing={isComing} />;
    },
  };
}

const WHOLE = componentsOf(false);
const COMING = componentsOf(true);
