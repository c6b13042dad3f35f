import type { Strength } from "./types";

/** One way in which a sentence says which models are to be asked. */
export type InstructionRule = {
  /** How sure the list must be: with a cue like "with" a word that is no model for certain is not taken for one. */
  min: Strength;
  left: RegExp;
  right: RegExp;
  /** Replaces what `left` took; `$1` is what it kept. */
  keep: string;
};

/** A rule from the patterns of what stands before and behind the list. */
export function instructionRule(min: Strength, left: string, right: string, keep = ""): InstructionRule {
  return { min, left: new RegExp(`(?:${left})$`, "iu"), right: new RegExp(`^(?:${right})`, "iu"), keep };
}

/** Where a word begins: `\b` knows ASCII only. */
export const B = "(?<![\\p{L}\\p{N}])";

const POLITE =
  "(?:(?:please|kindly|now|then|also|so|ok(?:ay)?|hey|hi|hello|first|next|finally|and|just|in parallel|simultaneously|bitte|por favor|per favore|s['’]il (?:te|vous) pla[iî]t)[,!]?\\s+)*";
const LEAD_IN =
  "(?:(?:can|could|would|will) you\\s+(?:please\\s+)?|(?:i|we)(?:['’]d| would)?\\s+(?:want|like|need|wish|love)(?:\\s+you)?\\s+to\\s+|let['’]?s\\s+|let us\\s+|help me\\s+(?!with\\b)|i['’]m going to\\s+)?";

/** The beginning of a sentence or of a new thought in it, which is kept, and phrases of courtesy, which are not. */
export const START = `(^\\s*|[.!?;:\\n]\\s*|,\\s+(?:(?:and|then|but)\\s+)*|\\s(?:and|then)\\s+)${POLITE}${LEAD_IN}`;

/** "this prompt: ", "the following question", "this: ". */
export const THIS_PROMPT =
  "(?:this|these|the following|the|my|that|a)\\s+(?:same\\s+|following\\s+)?(?:prompts?|questions?|tasks?|messages?|requests?|text|query|queries|problem|instructions?|one)\\s*:?\\s*|(?:this|the following|these)\\s*:\\s*|(?:this|these)\\s+(?=(?:to|on|through|with|against|across|in|via|by|using|over|past|into)\\s)";

export const PUNCTUATION = "\\s*[,:;.\\n–—]+\\s*|\\s+-+\\s+";

export const END = "\\s*[.!]?\\s*$";

/** Why several are asked, or how: it goes with the instruction. */
export const PURPOSE =
  "(?:\\s*,?\\s*(?:for (?:the sake of )?(?:verification|comparison|redundancy|reliability|cross-?checking|double-?checking|validation|diversity|variety|a second opinion|benchmarking|consensus|testing)|to (?:compare|verify|cross-?check|double-?check|validate)(?: (?:them|it|(?:the|their|both|all)(?: the)? (?:results?|answers?|outputs?|responses?|styles)))?(?=\\s*(?:$|[.,;:\\n]))|(?:and (?:then )?)?compare (?:them|(?:the|their|both|all) (?:results?|answers?|outputs?|responses?))|in parallel|side by side|at (?:the same time|once)|simultaneously|concurrently|separately|independently|respectively|individually|each(?=\\s*(?:$|[.,;:\\n]))|zum vergleich|parallel|en parallèle|en paralelo|in parallelo))*";

/** Verbs that begin a task. */
export const VERBS =
  "(?:write|explain|summari[sz]e|translate|list|describe|tell|give|create|generate|analy[sz]e|answer|count|draft|solve|make|find|show|compose|outline|define|calculate|compute|suggest|recommend|review|rewrite|rephrase|paraphrase|classify|extract|implement|code|build|design|plan|fix|debug|refactor|evaluate|compare|discuss|debate|help|name|predict|estimate|prove|produce|propose|brainstorm|convert|correct|proofread|critique|check|identify|invent|imagine|say|sing|play|pick|choose|rank|rate|sort|respond|reply|read|research|tell|teach|do|add|edit|improve|complete|continue|simulate|transcribe|think|decide|determine|judge)";

const QUESTION_WORDS = "(?:what|why|how|who|when|where|which|whether|is|are|does|do)";

/** What leads from the models to the task: a comma, a colon, "to", or the task's own verb. */
export const TO_DO = `(?:\\s+(?:for|on)\\s+(?:${THIS_PROMPT}|(?:this|that|it)\\s*[.!]?\\s*$)|\\s+to (?:answer|respond|reply|do (?:it|this|that|so))\\s*[.!]?\\s*$|\\s*[,:;.–—\\n]+\\s*(?:(?:please|then|and|to)\\s+)*(?:${THIS_PROMPT})?|\\s+-+\\s+|\\s+(?:to|and then|and|then|in order to|for)\\s+|\\s+(?=(?:${VERBS}|${QUESTION_WORDS})(?![\\p{L}]))|\\s*$)`;

const FOLLOWING_WORDS =
  "and|then|to|for|in|as|but|so|on|about|because|while|when|that|which|who|please|each|both|all|with|without|at|if|of all" +
  "|um|und|dann|für|auf|zu|bei|damit|bitte|über|pour|et|puis|afin|sur|dans|en|para|y|luego|sobre|per|e|su";

/** What may follow a list that ends a thought: not a noun, which would make the name a part of something else. */
export const FOLLOW = `(?=\\s*$|\\s*[.,;:!?)\\]\\n]|\\s+[-–—]|\\s+(?:${FOLLOWING_WORDS})(?![\\p{L}]))`;
