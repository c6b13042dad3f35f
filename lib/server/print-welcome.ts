import "server-only";
import { env } from "@/lib/env";

/** What the people who start an installation want to know of it. */
export type WelcomeFacts = {
  port: number;
  startMs: number;
  /** A key that works now; `undefined`: the reader puts their own in. */
  starterKey: string | undefined;
  /** Nobody has signed up yet. */
  isNew: boolean;
  /** A model that can be reached; `undefined` when none can. */
  exampleModel: string | undefined;
  /** Whether answers come from the built-in providers. */
  sandbox: "all" | "some" | "none";
};

const SANDBOX_LINES = {
  all: "Answers:   from the built-in sandbox; set a provider's key (OPENAI_API_KEY, …) for real ones",
  some: "Answers:   from the providers with a key; the sandbox plays the others",
  none: "Answers:   from the providers with a key",
} as const satisfies Record<WelcomeFacts["sandbox"], string>;

/** Tells the person at the terminal where to go, with a call that works as it stands. */
export function printWelcome(facts: WelcomeFacts): void {
  const { APP_URL } = env();
  const url = (APP_URL ?? `http://localhost:${facts.port}`).replace(/\/$/, "");
  const key = facts.starterKey ?? "$SIGNALBOX_API_KEY";
  const signUp = facts.isNew
    ? `Sign up:   ${url}/sign-up   (the first account is the administrator)`
    : `Sign in:   ${url}/sign-in`;
  const body = JSON.stringify({ model: facts.exampleModel, messages: [{ role: "user", content: "Say hello" }] });
  const example =
    facts.exampleModel === undefined
      ? "No model can be reached yet: set a provider's key, or SANDBOX=on."
      : `curl -s ${url}/api/v1/chat/completions -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" -d '${body}'`;
  process.stdout.write(`
  Signalbox is ready at ${url}  (started in ${(facts.startMs / 1_000).toFixed(1)} s)

  ${signUp}
  Base URL:  ${url}/api/v1
  ${SANDBOX_LINES[facts.sandbox]}
  Try it:

  ${example}

`);
}
