import { describe, expect, test } from "vitest";
import type { ChatMessage } from "@/lib/schemas/chat-request";
import { BUILDER_CATALOG } from "@/lib/testing/builder-catalog";
import { buildBodies } from "./build-bodies";
import { indexNames } from "./name-index";

const INDEX = indexNames(BUILDER_CATALOG.models);
const DEFAULT = "openrouter/auto";

const OPUS = "anthropic/claude-opus-4.8";
const SONNET = "anthropic/claude-sonnet-5";
const HAIKU = "anthropic/claude-haiku-4.5";
const GPT = "openai/gpt-5.5";
const GEMINI = "google/gemini-3.5-flash";
const GEMINI_PRO = "google/gemini-3.1-pro-preview";
const DEEPSEEK = "deepseek/deepseek-v4-pro";
const KIMI_CODE = "moonshotai/kimi-k2.7-code";
const GROK = "x-ai/grok-4.3";
const LLAMA = "meta-llama/llama-4-maverick";
const MISTRAL = "mistralai/mistral-medium-3-5";

function build(messages: readonly ChatMessage[]) {
  const built = buildBodies(messages, BUILDER_CATALOG, INDEX, DEFAULT);
  if (built === undefined) throw new Error("there is a user message");
  return built;
}

function read(sentence: string) {
  const { requests } = build([{ role: "user", content: sentence }]);
  return { models: requests.map(({ model }) => model), task: requests[0]?.messages.at(-1)?.content };
}

type Row = readonly [sentence: string, task: string, models: readonly string[]];

const DOCUMENTED: readonly Row[] = [
  ["Count to 10 using Claude Sonnet and GPT-5", "Count to 10", [SONNET, GPT]],
  ["Explain gravity using Gemini and Claude", "Explain gravity", [GEMINI, SONNET]],
  [
    "Write a haiku about programming using Claude Sonnet, GPT-5, and Gemini",
    "Write a haiku about programming",
    [SONNET, GPT, GEMINI],
  ],
  [
    "Answer 'What is 2+2?' using three different models for verification",
    "Answer 'What is 2+2?'",
    [OPUS, GPT, GEMINI_PRO],
  ],
  [
    "Summarize this article using the top 5 coding models: [article text]",
    "Summarize this article: [article text]",
    [OPUS, GPT, SONNET, KIMI_CODE, "openai/gpt-5.3-codex"],
  ],
  [
    "Generate a creative story opening using various creative writing models",
    "Generate a creative story opening",
    [DEEPSEEK, "moonshotai/kimi-k2.6", OPUS],
  ],
];

const NAMES: readonly Row[] = [
  ["Write a joke using Claude Opus and DeepSeek", "Write a joke", [OPUS, DEEPSEEK]],
  [
    "Write a joke using Claude 3.5 Sonnet and GPT-4o mini",
    "Write a joke",
    ["anthropic/claude-3.5-sonnet", "openai/gpt-4o-mini"],
  ],
  ["use gpt5, gemini flash and deepseek to write a joke", "write a joke", [GPT, GEMINI, DEEPSEEK]],
  ["write a joke with gpt4o and claude-sonnet-4-5", "write a joke", ["openai/gpt-4o", "anthropic/claude-sonnet-4.5"]],
  ["Write a joke via ChatGPT, deep seek and claud", "Write a joke", [GPT, DEEPSEEK, SONNET]],
  ["Write a joke using Opus, Haiku & Llama", "Write a joke", [OPUS, HAIKU, LLAMA]],
  ["Write a joke using Claude's Sonnet", "Write a joke", [SONNET]],
  ["Write a joke with OpenAI's GPT-5 and Google Gemini 2.5 Pro", "Write a joke", [GPT, "google/gemini-2.5-pro"]],
  ["Write a joke using openai/gpt-4o and openai/gpt-5:nitro", "Write a joke", ["openai/gpt-4o", "openai/gpt-5:nitro"]],
  ['Write a joke using "Claude Sonnet" and `openai/gpt-5`', "Write a joke", [SONNET, "openai/gpt-5"]],
  ["Write a joke using the GPT-5 model", "Write a joke", [GPT]],
  ["Write a joke using the Claude and Gemini models", "Write a joke", [SONNET, GEMINI]],
  ["Write a joke using the latest GPT", "Write a joke", [GPT]],
  ["Write a joke using GPT-6", "Write a joke", [GPT]],
  [
    "Write a joke using Command R+, o3 and Kimi",
    "Write a joke",
    ["cohere/command-r-plus-08-2024", "openai/o3", "moonshotai/kimi-k2.6"],
  ],
  ["Write a joke with Qwen3 Coder and Codestral", "Write a joke", ["qwen/qwen3-coder", "mistralai/codestral-2508"]],
];

const COMPANIES: readonly Row[] = [
  ["Write a poem with an OpenAI model", "Write a poem", [GPT]],
  ["Write a poem with Anthropic's best", "Write a poem", [OPUS]],
  ["Write a poem with Anthropic's best model and OpenAI's latest", "Write a poem", [OPUS, GPT]],
  ["Write a poem using OpenAI and Google", "Write a poem", [GPT, GEMINI_PRO]],
  ["Write a poem using one model each from OpenAI, Google and Mistral", "Write a poem", [GPT, GEMINI_PRO, MISTRAL]],
  ["Write a poem using models from OpenAI, Anthropic and Google", "Write a poem", [OPUS, GPT, GEMINI_PRO]],
  ["Ask OpenAI's and Anthropic's best models to write a poem", "Write a poem", [OPUS, GPT]],
  ["Use two Claude models and one OpenAI model to write a poem", "Write a poem", [SONNET, OPUS, GPT]],
];

const GROUPS: readonly Row[] = [
  ["What is 2+2? Use three different models.", "What is 2+2?", [OPUS, GPT, GEMINI_PRO]],
  ["Explain TCP using 4 models from different companies", "Explain TCP", [OPUS, GPT, GEMINI_PRO, GROK]],
  ["Write a will with the top 2 legal models", "Write a will", [GPT, MISTRAL]],
  ["Write a sort function using the best models for coding", "Write a sort function", [OPUS, GPT, SONNET]],
  [
    'Use the 2 best models for translation to translate "good morning" into Japanese',
    'Translate "good morning" into Japanese',
    [GEMINI, GPT],
  ],
  ["Solve x = 4 using the cheapest model", "Solve x = 4", ["deepseek/deepseek-v4-flash:free"]],
  ["Solve x = 4 with the cheapest Claude", "Solve x = 4", ["anthropic/claude-3-haiku"]],
  ["Solve x = 4 using two free models", "Solve x = 4", ["deepseek/deepseek-v4-flash:free", "openai/gpt-oss-20b:free"]],
  ["Use the best open-source model to solve x = 4", "Solve x = 4", [DEEPSEEK]],
  ["Explain TCP with Claude and two other models", "Explain TCP", [SONNET, GPT, GEMINI_PRO]],
  ["Draw a cat using an image model", "Draw a cat", ["google/gemini-3-pro-image"]],
];

const EXCLUSIONS: readonly Row[] = [
  [
    "Explain TCP with all Claude models except Haiku",
    "Explain TCP",
    [SONNET, OPUS, "anthropic/claude-opus-4.5", "anthropic/claude-sonnet-4.5", "anthropic/claude-opus-4.8-fast"],
  ],
  ["Explain TCP using every Kimi model but not the code ones", "Explain TCP", ["moonshotai/kimi-k2.6"]],
  ["Explain TCP using three different models except OpenAI", "Explain TCP", [OPUS, GEMINI_PRO, GROK]],
  ["Explain TCP using the top 2 models but not from OpenAI or Google", "Explain TCP", [OPUS, SONNET]],
  ["Explain TCP with three models. Don't use GPT.", "Explain TCP.", [OPUS, GEMINI_PRO, GROK]],
  ["Explain TCP using GPT-5, not Claude", "Explain TCP", [GPT]],
];

const PHRASINGS: readonly Row[] = [
  ["Ask Claude Opus and DeepSeek what the meaning of life is", "What the meaning of life is", [OPUS, DEEPSEEK]],
  ["Ask GPT-5 and Gemini: What is the capital of France?", "What is the capital of France?", [GPT, GEMINI]],
  ["Ask each of Claude, GPT-5 and Gemini to write a poem", "Write a poem", [SONNET, GPT, GEMINI]],
  ["Have Claude and GPT-5 write a poem about the sea", "Write a poem about the sea", [SONNET, GPT]],
  ["I want Claude and GPT-5 to write a story", "Write a story", [SONNET, GPT]],
  ["Using GPT-4o mini, summarize this: The fox", "Summarize this: The fox", ["openai/gpt-4o-mini"]],
  ["Please use both Claude Sonnet and Llama to explain DNS", "Explain DNS", [SONNET, LLAMA]],
  ["Compare Claude vs GPT-5 on explaining recursion", "Explaining recursion", [SONNET, GPT]],
  ["Compare Claude to GPT-5: write a limerick", "Write a limerick", [SONNET, GPT]],
  ["Compare how Claude and Gemini explain photosynthesis", "Explain photosynthesis", [SONNET, GEMINI]],
  ["Test GPT-5 vs Claude by asking them to write a haiku", "Write a haiku", [GPT, SONNET]],
  ["Make Claude Sonnet, GPT-5 and Gemini each write a joke", "Write a joke", [SONNET, GPT, GEMINI]],
  ["For each of Claude, GPT-5 and Gemini, write a poem", "Write a poem", [SONNET, GPT, GEMINI]],
  ["What do Claude and GPT-5 think about free will?", "What do you think about free will?", [SONNET, GPT]],
  ["Can Claude and GPT-5 explain gravity?", "Can you explain gravity?", [SONNET, GPT]],
  ["Claude, GPT-5 and Gemini should each write a limerick", "Write a limerick", [SONNET, GPT, GEMINI]],
  ["Claude Sonnet and GPT-5: count to 10", "Count to 10", [SONNET, GPT]],
  ["GPT-5 vs Gemini: who writes better?", "Who writes better?", [GPT, GEMINI]],
  ["Count to 10 - Claude Sonnet, GPT-5", "Count to 10", [SONNET, GPT]],
  ["Count to 10 (use Claude and GPT-5)", "Count to 10", [SONNET, GPT]],
  ["Write a haiku with these models:\n- Claude Sonnet\n- GPT-5\n- Gemini", "Write a haiku", [SONNET, GPT, GEMINI]],
  ["Models: Claude, GPT-5\nPrompt: Write a haiku", "Write a haiku", [SONNET, GPT]],
  ['Send the prompt "Hello there" to Claude and GPT-5', "Hello there", [SONNET, GPT]],
  ['Run "count to ten" on GPT-5 and Claude', "count to ten", [GPT, SONNET]],
  ["Run this on GPT-5, Claude and Gemini: What is 2+2?", "What is 2+2?", [GPT, SONNET, GEMINI]],
  ["Get answers from Claude and GPT-5 to: why is the sky blue?", "Why is the sky blue?", [SONNET, GPT]],
  ["Create requests for Claude and GPT-5 that ask for a haiku", "A haiku", [SONNET, GPT]],
  ["Give Claude and GPT-5 this task: sort [3,1,2]", "Sort [3,1,2]", [SONNET, GPT]],
  ["Write about AI. Use GPT-5 for this.", "Write about AI.", [GPT]],
  ["What is AI? Use Gemini to answer.", "What is AI?", [GEMINI]],
  ["Generate requests to count to 10 with Claude and Gemini", "Count to 10", [SONNET, GEMINI]],
  ["Benchmark these models: GPT-5, Grok. Prompt: What is 17*23?", "What is 17*23?", [GPT, GROK]],
];

const LANGUAGES: readonly Row[] = [
  ["Zähle bis 10 mit Claude Sonnet und GPT-5", "Zähle bis 10", [SONNET, GPT]],
  ["Frage Claude und GPT-5, was Regen ist", "Was Regen ist", [SONNET, GPT]],
  ["Lass Claude und Gemini ein Gedicht schreiben", "Ein Gedicht schreiben", [SONNET, GEMINI]],
  ["Beantworte 'Was ist 2+2?' mit drei verschiedenen Modellen", "Beantworte 'Was ist 2+2?'", [OPUS, GPT, GEMINI_PRO]],
  ["Schreibe ein Gedicht mit den besten 2 Programmiermodellen", "Schreibe ein Gedicht", [OPUS, GPT]],
  ["Erkläre TCP mit allen Kimi-Modellen außer Code", "Erkläre TCP", ["moonshotai/kimi-k2.6"]],
  ["Compte jusqu'à 10 avec Claude Sonnet et GPT-5", "Compte jusqu'à 10", [SONNET, GPT]],
  ["Demande à Claude et GPT-5 d'expliquer la gravité", "Expliquer la gravité", [SONNET, GPT]],
  ["Utilise trois modèles différents pour répondre : 2+2 ?", "Répondre : 2+2 ?", [OPUS, GPT, GEMINI_PRO]],
  ["Écris un poème avec les 2 meilleurs modèles de programmation", "Écris un poème", [OPUS, GPT]],
  ["Explique la gravité en utilisant Gemini et Claude, mais pas GPT", "Explique la gravité", [GEMINI, SONNET]],
  ["Explique TCP avec tous les modèles Kimi sauf Code", "Explique TCP", ["moonshotai/kimi-k2.6"]],
  ["Cuenta hasta 10 usando Claude Sonnet y GPT-5", "Cuenta hasta 10", [SONNET, GPT]],
  ["Pide a Claude y Gemini que escriban un poema", "Escriban un poema", [SONNET, GEMINI]],
  ["Usa tres modelos diferentes para explicar la gravedad", "Explicar la gravedad", [OPUS, GPT, GEMINI_PRO]],
  ["Conta fino a 10 usando Claude Sonnet e GPT-5", "Conta fino a 10", [SONNET, GPT]],
  ["用Claude和GPT-5写一首诗", "写一首诗", [SONNET, GPT]],
];

const MODELS_IN_THE_TASK: readonly Row[] = [
  ["Write an essay about Claude Monet using GPT-5", "Write an essay about Claude Monet", [GPT]],
  ["Tell me about the Gemini constellation using DeepSeek", "Tell me about the Gemini constellation", [DEEPSEEK]],
  [
    "Explain the difference between GPT-4 and GPT-3 using Claude",
    "Explain the difference between GPT-4 and GPT-3",
    [SONNET],
  ],
  ["Write a haiku about a llama using Haiku and Llama", "Write a haiku about a llama", [HAIKU, LLAMA]],
  ['Translate "using GPT-5" into German using Claude', 'Translate "using GPT-5" into German', [SONNET]],
  ["Use Claude and GPT-5 to compare apples and oranges", "Compare apples and oranges", [SONNET, GPT]],
  ["Please use GPT-5 to write an email about Claude", "Write an email about Claude", [GPT]],
  ["Ask Claude 3 questions about physics", "3 questions about physics", [SONNET]],
  [
    'Write tests:\n```js\nconst name = "GPT-4 using Claude";\n```\nusing GPT-5',
    'Write tests:\n```js\nconst name = "GPT-4 using Claude";\n```',
    [GPT],
  ],
  [
    "Summarize this article using Claude:\n\nResearchers, using GPT-4, found that cats sleep. With Gemini, too.",
    "Summarize this article:\n\nResearchers, using GPT-4, found that cats sleep. With Gemini, too.",
    [SONNET],
  ],
  [
    "Researchers, using GPT-4, found that cats sleep.\n\nSummarize this article with Claude and Gemini",
    "Researchers, using GPT-4, found that cats sleep.\n\nSummarize this article",
    [SONNET, GEMINI],
  ],
];

describe("a sentence becomes the models that it asks for and the task without them", () => {
  const all = [
    ...DOCUMENTED,
    ...NAMES,
    ...COMPANIES,
    ...GROUPS,
    ...EXCLUSIONS,
    ...PHRASINGS,
    ...LANGUAGES,
    ...MODELS_IN_THE_TASK,
  ].map(([sentence, task, models]) => ({ sentence, task, models }));
  test.each(all)("$sentence", ({ sentence, task, models }) => expect(read(sentence)).toEqual({ task, models }));
});

test.each([
  "Hello, how are you?",
  "write a sonnet",
  "Tell me about the Gemini constellation",
  "Who is Claude Shannon?",
  "Is a llama bigger than an alpaca?",
  "What is the difference between Claude and GPT-5?",
  "Which model is best for coding?",
  "Explain how to call the Gemini API using Python",
  "Write a script using the OpenAI API",
  "Find restaurants using Google",
  "Train a model using PyTorch",
  "Help me with Claude",
  "   ",
])("%s: nothing to choose, so the default model gets the words as they are", (sentence) => {
  expect(read(sentence)).toEqual({ task: sentence, models: [DEFAULT] });
});

test("system messages are kept in each body, and the conversation before the task", () => {
  const { requests } = build([
    { role: "system", content: "Be brief." },
    { role: "user", content: "Here is my poem: roses are red." },
    { role: "assistant", content: "Nice." },
    { role: "user", content: "Improve it using Claude Sonnet and GPT-5" },
  ]);
  expect(requests.map(({ model }) => model)).toEqual([SONNET, GPT]);
  for (const { messages } of requests) {
    expect(messages).toEqual([
      { role: "system", content: "Be brief." },
      { role: "user", content: "Here is my poem: roses are red." },
      { role: "assistant", content: "Nice." },
      { role: "user", content: "Improve it" },
    ]);
  }
});

test("a message that only names other models repeats the task before, without what was built from it", () => {
  const { requests } = build([
    { role: "user", content: "Count to 10 using Claude Sonnet" },
    { role: "assistant", content: '{"requests":[]}' },
    { role: "user", content: "Now do the same with Gemini and GPT-5" },
  ]);
  expect(requests).toEqual([
    { model: GEMINI, messages: [{ role: "user", content: "Count to 10" }] },
    { model: GPT, messages: [{ role: "user", content: "Count to 10" }] },
  ]);
});

test("pictures stay, and only models that can see them are picked", () => {
  const image = { type: "image_url" as const, image_url: { url: "https://example.com/cat.png" } };
  const { requests } = build([
    { role: "user", content: [{ type: "text", text: "Describe this using three different models" }, image] },
  ]);
  expect(requests.map(({ model }) => model)).toEqual([GPT, GEMINI_PRO, GEMINI]);
  expect(requests[0]?.messages).toEqual([{ role: "user", content: [{ type: "text", text: "Describe this" }, image] }]);
});

test("a conversation without a user message has nothing to read", () => {
  expect(buildBodies([{ role: "system", content: "x" }], BUILDER_CATALOG, INDEX, DEFAULT)).toBeUndefined();
});

test("a long text keeps its middle, and the instruction at its end is read", () => {
  const material = "cats sleep using GPT-4 ".repeat(10_000);
  const { task, models } = read(`${material}\n\nSummarize this with Claude and Gemini`);
  expect(models).toEqual([SONNET, GEMINI]);
  expect(task).toBe(`${material}\n\nSummarize this`);
});
