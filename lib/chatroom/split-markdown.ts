/**
 * Cuts markdown into its outermost blocks, so that while a text grows only its last block is read anew. Joined with blank
 * lines, the blocks are the text again, as far as markdown sees it. Lists, tables, code and formulas stay whole.
 */
export function splitMarkdown(text: string): string[] {
  // A definition may be used from anywhere: such a text is one block.
  if (/^ {0,3}\[[^\]]+\]:/m.test(text)) return [text];
  const blocks: string[] = [];
  let block: string[] = [];
  let fence: string | undefined;
  let isFormula = false;
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    if (fence !== undefined) {
      block.push(line);
      if (closes(line, fence)) fence = undefined;
      continue;
    }
    if (isFormula) {
      block.push(line);
      if (/^\s*(?:\$\$|\\\])\s*$/.test(line) || /\$\$\s*$/.test(line)) isFormula = false;
      continue;
    }
    if (line.trim() === "") {
      if (block.length > 0 && !goesOnAfterBlank(block, lines, index)) {
        blocks.push(block.join("\n"));
        block = [];
      } else if (block.length > 0) block.push(line);
      continue;
    }
    fence = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    isFormula = fence === undefined && (/^\s*\$\$(?!.*\$\$\s*$)/.test(line) || /^\s*\\\[\s*$/.test(line));
    block.push(line);
  }
  if (block.length > 0) blocks.push(block.join("\n").trimEnd());
  return blocks;
}

function closes(line: string, fence: string): boolean {
  const mark = /^ {0,3}(`{3,}|~{3,})\s*$/.exec(line)?.[1];
  return mark !== undefined && mark[0] === fence[0] && mark.length >= fence.length;
}

const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])\s/;

/** A list goes on after a blank line with a further item, or with what is indented below one. */
function goesOnAfterBlank(block: readonly string[], lines: readonly string[], index: number): boolean {
  if (!LIST_ITEM.test(block[0] ?? "")) return false;
  const next = lines.slice(index + 1).find((line) => line.trim() !== "");
  // At the end it is not known yet.
  return next === undefined || LIST_ITEM.test(next) || /^(?: {2,}|\t)/.test(next);
}
