import { GERMAN_RULES } from "./instruction-rules-german";
import { ROMANCE_RULES } from "./instruction-rules-romance";
import {
  B,
  END,
  FOLLOW,
  type InstructionRule,
  PUNCTUATION,
  PURPOSE,
  instructionRule as rule,
  START,
  THIS_PROMPT,
  TO_DO,
  VERBS,
} from "./rule-parts";

const MODELS_EACH = "(?:\\s*(?:each|both|all)\\b(?: of them)?)?";
const ANSWERS =
  "(?:answers?|responses?|outputs?|repl(?:y|ies)|results?|completions?|requests?|(?:request )?bod(?:y|ies)|calls?|prompts?)";
/** Before a company's product these mean the product itself, not whom to ask. */
const NOT_ABOUT =
  "(?<!\\b(?:help|problems?|issues?|trouble|experience|familiar|wrong|integrat\\w+|work\\w*|start\\w*|deal\\w*|do|up|along|keep|happened|compared)(?: me)? )";

/**
 * How English sentences say whom to ask, in the order in which they are tried. `left` ends where the list of models
 * begins, `right` begins where it ends; both are taken out with it, but for what `keep` puts back.
 */
const ENGLISH_RULES: readonly InstructionRule[] = [
  // "Compare how Claude and GPT-5 explain recursion"
  rule(
    1,
    `${START}(?:compare|see|show(?: me)?|test|check|find out|evaluate)\\s+how\\s+(?:well\\s+)?`,
    `${MODELS_EACH}\\s+(?:(?:would|will|do|does|can|could)\\s+)?(?:(?:handle|answer|respond to|deal with|perform (?:on|at)|do (?:on|with)|fare (?:on|with)|approach)\\s+(?:${THIS_PROMPT})?)?`,
    "$1",
  ),
  // "Compare Claude and GPT-5 on …"
  rule(
    1,
    `${START}(?:compare|contrast|benchmark|evaluate|test|pit|try|race|(?:make |give me |do )?an? (?:comparison|contest) (?:of|between))(?: the)?(?: (?:answers|responses|outputs|results|performance|quality)(?: (?:of|from|by|between))?)?\\s+`,
    `(?:\\s*(?:against each other|head[- ]to[- ]head|side by side|to each other))?(?:\\s+(?:on|at|in|for|to|by|when|while|with|over|using|regarding)\\s+(?:${THIS_PROMPT}|asking (?:them|each|both)(?: (?:of them|model))?(?: to\\b)?[:\\s]*|having (?:them|each|both)\\s+)?|${PUNCTUATION}(?:${THIS_PROMPT})?|${END})`,
    "$1",
  ),
  // "Ask Claude to …", "Have GPT-5 and Gemini write …"
  rule(
    1,
    `${START}(?:ask|tell|have|let|make|instruct|query|prompt|challenge)\\s+`,
    `${MODELS_EACH}(?:\\s+(?:to|for)\\s+|(?:\\s+with)?\\s*:\\s*|\\s*[,–—]\\s*(?:to\\s+)?|\\s+-\\s+|\\s+(?=\\S)|${END})(?:${THIS_PROMPT})?`,
    "$1",
  ),
  // "I want Claude to …", "Get three models to …"
  rule(1, `${START}(?:(?:i|we)(?:['’]d| would)?\\s+(?:want|like|need)|get)\\s+`, `${MODELS_EACH}\\s+to\\s+`, "$1"),
  // "Send this prompt to Claude: …", "Give Claude this task: …"
  rule(
    1,
    `${START}(?:give|send|pass|forward|submit|feed|pose|put|hand|present)\\s+(?:${THIS_PROMPT})?(?:to|into|past|through)\\s+`,
    `\\s*[:,–—-]?\\s*`,
    "$1",
  ),
  rule(1, `${START}give\\s+`, `\\s+(?:${THIS_PROMPT})`, "$1"),
  rule(
    1,
    `${START}(?:give|send|pass|forward|submit|feed|pose|put|hand|present)\\s+(?:${THIS_PROMPT})?(\\S.*?)\\s+(?:to|into|past|through)\\s+`,
    `${PURPOSE}${FOLLOW}`,
    "$1$2",
  ),
  // "Run this on Claude: …", "Run 'Hello' on Claude", "Run Claude on …"
  rule(
    1,
    `${START}(?:run|try|execute|do|repeat)\\s+(?:${THIS_PROMPT}|it\\s+|that\\s+)(?:on|through|with|against|across|in|via|by|using|over|past)\\s+`,
    `${PURPOSE}\\s*[:,–—-]?\\s*`,
    "$1",
  ),
  rule(
    1,
    `${START}(?:run|try|execute|test)\\s+(?:${THIS_PROMPT})?(\uE002\\d+\uE003)\\s+(?:on|through|with|against|across|via|using|over|past)\\s+`,
    `${PURPOSE}${FOLLOW}`,
    "$1$2",
  ),
  rule(1, `${START}(?:run|try)\\s+`, `\\s*(?:(?:on|with|against|over)\\s+|:\\s*)(?:${THIS_PROMPT})?`, "$1"),
  // "Get answers from Claude to: …", "Create requests for Claude that …"
  rule(
    1,
    `${START}(?:get|collect|gather|give me|show me|fetch|obtain|produce|(?:i|we) (?:want|need)|generate|create|build|make|prepare)\\s+(?:me\\s+)?(?:(?:the|an?|some|different|\\p{N}+|separate|parallel|api|openrouter|multiple|independent|two|three)\\s+)*${ANSWERS}\\s+(?:from|by|of|for|to|with|using|via)\\s+`,
    `(?:\\s*(?:that (?:asks?|tells?) (?:them |it |each |each of them )?(?:(?:to|for)\\b)?|asking(?: (?:them|each|both))?(?: to\\b)?|(?:to|for|on|about|that|which)\\b|[:,–—-]))?\\s*(?:${THIS_PROMPT})?`,
    "$1",
  ),
  rule(
    2,
    `(${B}(?:get|collect|gather|give me|show me|(?:i|we) (?:want|need)|fetch|write me)\\s.{1,80}?)\\s+from\\s+`,
    `${PURPOSE}${FOLLOW}`,
    "$1",
  ),
  // "Using Claude and GPT-5, …", "Use Claude to …"
  rule(
    1,
    `${START}(?:use|using|via|employ|employing|utili[sz]e|utili[sz]ing|call|pick|choose|select|take|by using|by asking)\\s+`,
    `${PURPOSE}${TO_DO}`,
    "$1",
  ),
  rule(2, `${START}(?:with|through|by|on|across|in)\\s+`, `${PURPOSE}${TO_DO}`, "$1"),
  // "For each of Claude and GPT-5, …"
  rule(3, `${START}for\\s+`, `\\s*[,:]\\s*`, "$1"),
  // "… using Claude and GPT-5"
  rule(
    1,
    `[\\s,(–—]*(?:\\s-\\s*)?${B}(?:(?:and |then |but )?(?:using|use)|via|with the help of|with help (?:from|of)|by means of|by asking|by prompting|powered by|employing|utili[sz]ing|across|by using)\\s+`,
    `${PURPOSE}${FOLLOW}`,
  ),
  rule(2, `[\\s,(–—]*${NOT_ABOUT}${B}(?:with|through|against)\\s+`, `${PURPOSE}${FOLLOW}`),
  rule(
    3,
    `(${B}(?:run|try|test|execute|do|perform|answer|count|benchmark|evaluate)(?![\\p{L}]).{0,200}?)\\s+on\\s+`,
    `${PURPOSE}${FOLLOW}`,
    "$1",
  ),
  rule(
    3,
    `(${B}(?:be|have|get|want|need|like|done|this)(?![\\p{L}]).{0,80}?\\p{L}(?:ed|en|ne|lt|nt))\\s+by\\s+`,
    `${PURPOSE}${FOLLOW}`,
    "$1",
  ),
  // "What do Claude and GPT-5 think of …": the sentence needs somebody to be asked.
  rule(
    2,
    `((?:what|how|why|which|where|who|when)(?:\\s+\\p{L}+){0,3}?\\s+)(?:do|does)\\s+`,
    `${MODELS_EACH}(?=\\s+(?:think|say|answer|respond|recommend|suggest|advise|feel|prefer|solve|explain|describe|define|choose|pick)\\b)`,
    "$1do you",
  ),
  rule(
    2,
    `((?:what|how|why|which|where|who|when)(?:\\s+\\p{L}+){0,3}?\\s+|^\\s*)(would|could|can|will)\\s+`,
    `${MODELS_EACH}(?=\\s+(?:please\\s+)?(?:think|say|respond|recommend|suggest|advise|${VERBS})\\b)`,
    "$1$2 you",
  ),
  // "Claude and GPT-5 should each …"
  rule(2, `(^|[.!?\\n]\\s*)`, `\\s+(?:should|must|shall|need to|have to)\\s+(?:(?:each|both|all)\\s+)?`, "$1"),
];

/** The same in every language that is read. */
export const INSTRUCTION_RULES: readonly InstructionRule[] = [
  ...ENGLISH_RULES,
  ...GERMAN_RULES,
  ...ROMANCE_RULES,
  // Chinese: 用 Claude 和 GPT-5 写一首诗
  rule(2, "请?(?:使用|用|让|问|请)\\s*", "\\s*[,，:：]?\\s*"),
];

/** Lists that stand by themselves: before the task, or behind it. Asked only where no other rule found anything. */
export const BARE_RULES: readonly InstructionRule[] = [
  rule(
    3,
    `(^|\\n)\\s*(?:(?:hey|hi|hello|dear|ok(?:ay)?)\\s+)?[-*•([]?\\s*`,
    `\\s*[)\\]]?\\s*(?:[:,>–—\\n]|-\\s|=>|\\s-)\\s*(?:(?:prompt|task|question|message|request|frage|aufgabe|tâche|tarea|pregunta)\\s*:\\s*)?(?=\\S)`,
    "$1",
  ),
  rule(3, `[\\s,]*(?:([.!?])\\s*|[:;\\n([–—|]\\s*|\\s-\\s*)`, `\\s*[)\\].]*\\s*$`, "$1"),
];
