import { expect, test } from "vitest";
import { csvLine } from "./export-row";

test.each([
  { name: "plain cells", cells: ["a", 1, true, null], line: "a,1,true,\r\n" },
  { name: "commas, quotes and lines", cells: ['a,"b"', "c\nd"], line: '"a,""b""","c\nd"\r\n' },
  {
    name: "what a spreadsheet would run",
    cells: ["=1+1", "+1", "-1", "@SUM(A1)"],
    line: "'=1+1,'+1,'-1,'@SUM(A1)\r\n",
  },
  { name: "numbers, which it would not", cells: [-1, 0.5], line: "-1,0.5\r\n" },
])("a line of $name", ({ cells, line }) => expect(csvLine(cells)).toBe(line));
