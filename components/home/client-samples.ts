import type { CodeLanguage } from "@/components/ui/highlight";

export type ClientSample = { id: string; label: string; language: CodeLanguage; code: string };

/** How each usual client is pointed at this installation: its base URL is all that changes. */
export function clientSamples(baseUrl: string, model: string): ClientSample[] {
  const apiUrl = `${baseUrl}/api/v1`;
  return [
    {
      id: "curl",
      label: "curl",
      language: "shell",
      code: `curl ${apiUrl}/chat/completions \\
  -H "Authorization: Bearer $KEY" \\
  -H "Content-Type: application/json" \\
  -d '{
    "model": "${model}",
    "messages": [{ "role": "user", "content": "Hello!" }]
  }'`,
    },
    {
      id: "python",
      label: "Python",
      language: "python",
      code: `from openai import OpenAI

client = OpenAI(base_url="${apiUrl}", api_key="sk-or-v1-…")
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Hello!"}],
)
print(answer.choices[0].message.content)`,
    },
    {
      id: "typescript",
      label: "TypeScript",
      language: "javascript",
      code: `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${apiUrl}", apiKey: "sk-or-v1-…" });
const answer = await client.chat.completions.create({
  model: "${model}",
  messages: [{ role: "user", content: "Hello!" }],
});
console.log(answer.choices[0].message.content);`,
    },
    {
      id: "openrouter",
      label: "OpenRouter SDK",
      language: "javascript",
      code: `import { OpenRouter } from "@openrouter/sdk";

const client = new OpenRouter({ serverURL: "${apiUrl}", apiKey: "sk-or-v1-…" });`,
    },
  ];
}
