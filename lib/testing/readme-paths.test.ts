import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const READMES = ["README.md", ...readdirSync("lib").map((folder) => `lib/${folder}/README.md`)].filter(existsSync);
// `lib/x.ts`, `prisma/catalog/`, and in a feature's own README a bare `file.ts` of its folder.
const MENTION =
  /`((?:[\w.[(][\w.[\]()-]*\/)*[\w[(][\w.[\]()-]*\.(?:tsx?|mjs|cjs|json|prisma|sql|yaml)|(?:app|components|lib|prisma|public|e2e)\/[\w./[\]()-]*)`/g;

describe.each(READMES)("%s", (readme) => {
  const text = readFileSync(readme, "utf8");
  const mentioned = [...new Set([...text.matchAll(MENTION)].map(([, name]) => name ?? ""))];

  test.each(mentioned.length === 0 ? ["README.md"] : mentioned)("mentions %s, which exists", (name) => {
    const places = [name, path.join(path.dirname(readme), name), path.join("prisma/catalog", name)];
    expect(places.some((place) => existsSync(place))).toBe(true);
  });
});
