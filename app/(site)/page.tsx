import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { CodeBlock } from "@/components/ui/code-block";
import { listChatModels } from "@/lib/gateway/list-chat-models";
import { findSignedInUser } from "@/lib/identity/session";
import { getBaseUrl } from "../base-url";

export default async function HomePage() {
  const [user, baseUrl] = await Promise.all([findSignedInUser(), getBaseUrl()]);
  return (
    <main id="main" className="mx-auto grid w-full max-w-6xl flex-1 content-start gap-14 px-4 py-12 sm:px-6 sm:py-20">
      <div className="grid gap-6">
        <h1 className="max-w-[18ch] font-semibold text-4xl leading-[1.1] sm:text-5xl">
          One API in front of every model.
        </h1>
        <p className="max-w-[56ch] text-lg text-muted">
          Signalbox sends each request to the best provider that can serve it, falls back when one fails, and writes
          down every dollar. It speaks the API that your tools know already, and it runs on your machine.
        </p>
        <div className="flex flex-wrap gap-3">
          {user === null ? (
            <>
              <Link href="/sign-up" className={buttonStyle("primary")}>
                Sign up
              </Link>
              <Link href="/chat" className={buttonStyle("secondary")}>
                Open the chat
              </Link>
            </>
          ) : (
            <>
              <Link href="/settings/keys" className={buttonStyle("primary")}>
                Get a key
              </Link>
              <Link href="/chat" className={buttonStyle("secondary")}>
                Open the chat
              </Link>
            </>
          )}
        </div>
      </div>
      <section className="grid max-w-3xl gap-4">
        <h2 className="font-semibold text-lg">Try it</h2>
        <p className="text-muted">
          Make a{" "}
          <Link href="/settings/keys" className="text-signal underline underline-offset-4">
            key
          </Link>
          , put it in place of <code className="font-mono text-sm">$KEY</code>, and send:
        </p>
        <CodeBlock label="curl" code={curlOf(baseUrl, listChatModels()[0]?.id ?? "openrouter/auto")} />
        <p className="text-muted">
          In an OpenAI or OpenRouter client, set the base URL to{" "}
          <code className="wrap-anywhere font-mono text-ink text-sm">{baseUrl}/api/v1</code>.
        </p>
      </section>
    </main>
  );
}

function curlOf(baseUrl: string, model: string): string {
  return `curl ${baseUrl}/api/v1/chat/completions \\
  -H "Authorization: Bearer $KEY" \\
  -H "Content-Type: application/json" \\
  -d '{
    "model": "${model}",
    "messages": [{ "role": "user", "content": "Hello!" }]
  }'`;
}
