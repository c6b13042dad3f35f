import "server-only";
import { env } from "@/lib/env";

/** Tells the person at the terminal where to go, with a call that works as it stands. */
export function printWelcome(facts: { port: number; starterKey: string | undefined; startMs: number }): void {
  const { APP_URL } = env();
  const url = (APP_URL ?? `http://localhost:${facts.port}`).replace(/\/$/, "");
  const key = facts.starterKey ?? "$SIGNALBOX_API_KEY";
  process.stdout.write(`
  Signalbox is ready at ${url}  (started in ${(facts.startMs / 1_000).toFixed(1)} s)

  Sign up:   ${url}/sign-up   (the first account is the administrator)
  Base URL:  ${url}/api/v1
  Try it:

  curl -s ${url}/api/v1/chat/completions -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" -d '{"model": "openai/gpt-4o-mini", "messages": [{"role": "user", "content": "Say hello"}]}'

`);
}
