import type { CodeLanguage } from "@/components/ui/highlight";

/** What a sample asks a model for. */
export type SampleKind = "chat" | "image" | "embeddings";

export type ApiSample = {
  id: "openai-python" | "python" | "typescript" | "openai-typescript" | "sdk" | "curl";
  label: string;
  language: CodeLanguage;
  code: string;
};

type SampleInput = {
  /** Where this installation is reached, without a slash at its end. */
  baseUrl: string;
  model: string;
  kind: SampleKind;
};

/** Stands in every sample where the reader's own key goes. */
export const KEY_PLACEHOLDER = "<API_KEY>";

const QUESTION = "What does a signal box do?";
const PICTURE = "A signal box at dusk, drawn as a linocut";

/** Samples that run as they are once a key is put in. Checked against the clients' releases of November 2026. */
export function apiSamples({ baseUrl, model, kind }: SampleInput): readonly ApiSample[] {
  const base = `${baseUrl}/api/v1`;
  return [
    { id: "openai-python", label: "openai-python", language: "python", code: openAiPython(base, model, kind) },
    { id: "python", label: "Python", language: "python", code: plainPython(base, model, kind) },
    { id: "typescript", label: "TypeScript", language: "javascript", code: typeScriptFetch(base, model, kind) },
    { id: "openai-typescript", label: "OpenAI TS", language: "javascript", code: openAiTypeScript(base, model, kind) },
    { id: "sdk", label: "@openrouter/sdk", language: "javascript", code: officialSdk(base, model, kind) },
    { id: "curl", label: "curl", language: "shell", code: curl(base, model, kind) },
  ];
}

function openAiPython(base: string, model: string, kind: SampleKind): string {
  const client = `from openai import OpenAI

client = OpenAI(
    base_url="${base}",
    api_key="${KEY_PLACEHOLDER}",
)
`;
  switch (kind) {
    case "chat":
      return `${client}
completion = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "${QUESTION}"}],
)
print(completion.choices[0].message.content)`;
    case "image":
      return `${client}
completion = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "${PICTURE}"}],
    extra_body={"modalities": ["image", "text"]},
)
for image in completion.choices[0].message.images:
    print(image["image_url"]["url"][:80])`;
    case "embeddings":
      return `${client}
answer = client.embeddings.create(
    model="${model}",
    input="${QUESTION}",
)
print(answer.data[0].embedding[:5])`;
  }
}

function plainPython(base: string, model: string, kind: SampleKind): string {
  const body = indented(jsonBody(model, kind), 4);
  return `import requests

response = requests.post(
    "${base}${pathOf(kind)}",
    headers={"Authorization": "Bearer ${KEY_PLACEHOLDER}"},
    json=${body},
)
response.raise_for_status()
print(response.json()${pythonResult(kind)})`;
}

function typeScriptFetch(base: string, model: string, kind: SampleKind): string {
  return `const response = await fetch("${base}${pathOf(kind)}", {
  method: "POST",
  headers: {
    Authorization: "Bearer ${KEY_PLACEHOLDER}",
    "Content-Type": "application/json",
    // Optional: under what name your app is listed here.
    "HTTP-Referer": "https://example.com",
    "X-Title": "My app",
  },
  body: JSON.stringify(${indented(jsonBody(model, kind), 2)}),
});
if (!response.ok) throw new Error(await response.text());
const answer = await response.json();
console.log(answer${scriptResult(kind)});`;
}

function openAiTypeScript(base: string, model: string, kind: SampleKind): string {
  const client = `import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "${base}",
  apiKey: "${KEY_PLACEHOLDER}",
});
`;
  switch (kind) {
    case "chat":
      return `${client}
const completion = await client.chat.completions.create({
  model: "${model}",
  messages: [{ role: "user", content: "${QUESTION}" }],
});
console.log(completion.choices[0].message.content);`;
    case "image":
      return `${client}
const completion = await client.chat.completions.create({
  model: "${model}",
  messages: [{ role: "user", content: "${PICTURE}" }],
  // @ts-expect-error: OpenAI's types do not know it
  modalities: ["image", "text"],
});
// @ts-expect-error: nor these
for (const image of completion.choices[0].message.images) console.log(image.image_url.url.slice(0, 80));`;
    case "embeddings":
      return `${client}
const answer = await client.embeddings.create({
  model: "${model}",
  input: "${QUESTION}",
});
console.log(answer.data[0].embedding.slice(0, 5));`;
  }
}

function officialSdk(base: string, model: string, kind: SampleKind): string {
  const client = `import { OpenRouter } from "@openrouter/sdk";

const client = new OpenRouter({
  serverURL: "${base}",
  apiKey: "${KEY_PLACEHOLDER}",
});
`;
  switch (kind) {
    case "chat":
      return `${client}
const answer = await client.chat.send({
  chatRequest: {
    model: "${model}",
    messages: [{ role: "user", content: "${QUESTION}" }],
  },
});
console.log(answer.choices[0].message.content);`;
    case "image":
      return `${client}
const answer = await client.chat.send({
  chatRequest: {
    model: "${model}",
    messages: [{ role: "user", content: "${PICTURE}" }],
    modalities: ["image", "text"],
  },
});
for (const image of answer.choices[0].message.images) console.log(image.imageUrl.url.slice(0, 80));`;
    case "embeddings":
      return `${client}
const answer = await client.embeddings.generate({
  requestBody: {
    model: "${model}",
    input: "${QUESTION}",
  },
});
console.log(answer.data[0].embedding.slice(0, 5));`;
  }
}

function curl(base: string, model: string, kind: SampleKind): string {
  // A quote inside single quotes would end them.
  const body = indented(jsonBody(model, kind), 2).replaceAll("'", "'\\''");
  return `curl ${base}${pathOf(kind)} \\
  -H "Authorization: Bearer ${KEY_PLACEHOLDER}" \\
  -H "Content-Type: application/json" \\
  -d '${body}'`;
}

function pathOf(kind: SampleKind): string {
  return kind === "embeddings" ? "/embeddings" : "/chat/completions";
}

/** JSON that is Python as well: it has neither `true` nor `null`. */
function jsonBody(model: string, kind: SampleKind): string {
  switch (kind) {
    case "chat":
      return JSON.stringify({ model, messages: [{ role: "user", content: QUESTION }] }, null, 2);
    case "image":
      return JSON.stringify(
        { model, messages: [{ role: "user", content: PICTURE }], modalities: ["image", "text"] },
        null,
        2,
      );
    case "embeddings":
      return JSON.stringify({ model, input: QUESTION }, null, 2);
  }
}

function pythonResult(kind: SampleKind): string {
  switch (kind) {
    case "chat":
      return '["choices"][0]["message"]["content"]';
    case "image":
      return '["choices"][0]["message"]["images"][0]["image_url"]["url"][:80]';
    case "embeddings":
      return '["data"][0]["embedding"][:5]';
  }
}

function scriptResult(kind: SampleKind): string {
  switch (kind) {
    case "chat":
      return ".choices[0].message.content";
    case "image":
      return ".choices[0].message.images[0].image_url.url.slice(0, 80)";
    case "embeddings":
      return ".data[0].embedding.slice(0, 5)";
  }
}

function indented(text: string, spaces: number): string {
  return text.replaceAll("\n", `\n${" ".repeat(spaces)}`);
}
