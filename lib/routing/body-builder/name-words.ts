// What the words in models' names say. Names are few and their words recur, so lists do better here than rules.

/** For a special use, or a special way of running: not meant unless they are said. */
export const SPECIAL = new Set(
  (
    "agent apply audio build chat clip code coder codex content custom customtools deep deepresearch distill embed " +
    "embedding exacto exp extended fast free guard her image multi ocr omni online oss research router rp safeguard " +
    "safety search solidity speciale terminus think thinking tools uncensored vision vl"
  ).split(" "),
);

/** The smaller ones of a family: after the larger ones unless they are said. */
export const SMALL = new Set("edge haiku lite micro mini nano small tiny xs".split(" "));

/** Larger or dearer ones, which win among equals. */
export const LARGE = new Set("large max opus plus premier pro super ultra".split(" "));

/** Quicker ones, which lose among equals. */
export const QUICK = new Set("flash turbo".split(" "));

/** Say nothing about which model it is. */
export const NEUTRAL = new Set("beta experimental instruct it latest preview".split(" "));

/** Families' names that are ordinary words: models only when written with a capital, beside words that make it clear. */
export const ORDINARY = new Set(
  (
    "auto banana body coder command dolphin fable flux free fugu fusion granite haiku hermes inflection intellect " +
    "laguna large ling llama maestro magnum maverick mercury morph nano north nova opus owl palmyra pareto phi ring " +
    "router scout seed skyfall solar sonar sonnet spotlight step trinity ui venice virtuoso weaver"
  ).split(" "),
);

/** Parts of a family that people use as its name: "Opus" for Claude Opus. Taken only where the catalog has them. */
export const SERIES = new Set(
  "banana codex fable haiku k2 maverick nemotron o1 o3 o4 opus r1 saba scout sonnet".split(" "),
);

/** Other names and common slips, each with what is meant. */
export const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ["chatgpt", "gpt"],
  ["claud", "claude"],
  ["cluade", "claude"],
  ["deepseak", "deepseek"],
  ["gemeni", "gemini"],
  ["gtp", "gpt"],
  ["lama", "llama"],
  ["mistrel", "mistral"],
  ["qwenn", "qwen"],
  ["sonet", "sonnet"],
]);

/** Companies under other names than those in the catalog, each with the author in the slugs. */
export const COMPANY_NAMES: ReadonlyMap<string, string> = new Map([
  ["ai2", "allenai"],
  ["alibaba", "qwen"],
  ["bytedance", "bytedance-seed"],
  ["facebook", "meta-llama"],
  ["ibm", "ibm-granite"],
  ["meta", "meta-llama"],
  ["moonshot", "moonshotai"],
  ["xai", "x-ai"],
  ["zai", "z-ai"],
  ["zhipu", "z-ai"],
]);

/** Companies that are known for other things than models. */
export const BROAD_COMPANIES = new Set(
  "alibaba amazon baidu facebook google ibm inception liquid meta microsoft morph nvidia sourceful tencent writer xiaomi".split(
    " ",
  ),
);
