import { common, createLowlight } from "lowlight";
import { memo, type ReactNode } from "react";

const lowlight = createLowlight(common);

// The highlighter's names for what we have colours for. Source: highlight.js 11, css-classes-reference.
const COLOURS: Readonly<Record<string, string>> = {
  "hljs-string": "text-code-string",
  "hljs-regexp": "text-code-string",
  "hljs-addition": "text-code-string",
  "hljs-attr": "text-code-keyword",
  "hljs-attribute": "text-code-keyword",
  "hljs-keyword": "text-code-keyword",
  "hljs-built_in": "text-code-keyword",
  "hljs-name": "text-code-keyword",
  "hljs-selector-tag": "text-code-keyword",
  "hljs-selector-class": "text-code-keyword",
  "hljs-type": "text-code-keyword",
  "hljs-section": "text-code-keyword",
  "hljs-number": "text-code-number",
  "hljs-literal": "text-code-number",
  "hljs-symbol": "text-code-number",
  "hljs-variable": "text-code-number",
  "hljs-deletion": "text-danger",
  "hljs-comment": "text-muted",
  "hljs-quote": "text-muted",
  "hljs-meta": "text-muted",
};

type Nodes = ReturnType<typeof lowlight.highlight>["children"];

/** Code in colours, in the languages that are written most; in others as it is. */
export const ColouredCode = memo(function ColouredCode({ code, language }: { code: string; language: string }) {
  if (!lowlight.registered(language)) return code;
  return draw(lowlight.highlight(language, code).children);
});

function draw(nodes: Nodes): ReactNode {
  return nodes.map((node, index) => {
    if (node.type === "text") return node.value;
    if (node.type !== "element") return null;
    const names = node.properties.className;
    const colour = Array.isArray(names) ? names.map((name) => COLOURS[String(name)]).find(Boolean) : undefined;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text, which have no other name
      <span key={index} className={colour}>
        {draw(node.children)}
      </span>
    );
  });
}
