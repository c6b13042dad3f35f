type Sample = (name: string, subject: string) => string;

const words = (name: string) => name.split("_");
const camel = (name: string) =>
  words(name)
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
const pascal = (name: string) => camel(name).replace(/^./, (first) => first.toUpperCase());

const SAMPLES: Readonly<Record<string, Sample>> = {
  python: (name, subject) =>
    `def ${name}(items: list[str]) -> dict[str, int]:\n    """Count how often each item of ${subject} occurs."""\n    counts: dict[str, int] = {}\n    for item in items:\n        counts[item] = counts.get(item, 0) + 1\n    return counts\n\n\nprint(${name}(["a", "b", "a"]))  # {'a': 2, 'b': 1}`,
  javascript: (name, subject) =>
    `// Counts how often each item of ${subject} occurs.\nexport function ${camel(name)}(items) {\n  const counts = new Map();\n  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);\n  return counts;\n}\n\nconsole.log(${camel(name)}(["a", "b", "a"])); // Map(2) { 'a' => 2, 'b' => 1 }`,
  typescript: (name, subject) =>
    `/** Counts how often each item of ${subject} occurs. */\nexport function ${camel(name)}(items: readonly string[]): Map<string, number> {\n  const counts = new Map<string, number>();\n  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);\n  return counts;\n}`,
  rust: (name, subject) =>
    `use std::collections::HashMap;\n\n/// Counts how often each item of ${subject} occurs.\nfn ${name}<'a>(items: &[&'a str]) -> HashMap<&'a str, usize> {\n    let mut counts = HashMap::new();\n    for item in items {\n        *counts.entry(*item).or_insert(0) += 1;\n    }\n    counts\n}`,
  go: (name, subject) =>
    `// ${pascal(name)} counts how often each item of ${subject} occurs.\nfunc ${pascal(name)}(items []string) map[string]int {\n\tcounts := make(map[string]int)\n\tfor _, item := range items {\n\t\tcounts[item]++\n\t}\n\treturn counts\n}`,
  java: (name, subject) =>
    `/** Counts how often each item of ${subject} occurs. */\nstatic Map<String, Integer> ${camel(name)}(List<String> items) {\n    Map<String, Integer> counts = new HashMap<>();\n    for (String item : items) {\n        counts.merge(item, 1, Integer::sum);\n    }\n    return counts;\n}`,
  sql: (name, subject) =>
    `-- How often each item of ${subject} occurs.\nSELECT item, count(*) AS occurrences\nFROM ${name}\nGROUP BY item\nORDER BY occurrences DESC\nLIMIT 10;`,
  bash: (name, subject) =>
    `# How often each line of ${subject} occurs.\n${name}() {\n  sort "$1" | uniq --count | sort --numeric-sort --reverse\n}`,
  html: (_name, subject) =>
    `<section>\n  <h2>${subject}</h2>\n  <ul>\n    <li>First</li>\n    <li>Second</li>\n  </ul>\n</section>`,
};

/** A short, valid piece of code in `language` (TypeScript when unknown), named after the request's topics. */
export function sampleCode(language: string, topics: readonly string[]): string {
  const identifiers = topics
    .map((topic) => topic.toLowerCase().replace(/[^a-z0-9]/g, ""))
    .filter((word) => /^[a-z]/.test(word));
  const name = identifiers.slice(0, 2).join("_") || "count_items";
  const sample = Object.hasOwn(SAMPLES, language) ? SAMPLES[language] : SAMPLES.typescript;
  return sample?.(name, topics.slice(0, 2).join(" ") || "the list") ?? "";
}
