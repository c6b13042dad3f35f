import { encode } from "next-auth/jwt";
import { beforeAll, expect, test } from "vitest";
import { setEnv } from "@/lib/env";
import { readSessionCookie } from "./session-cookie";

const SECRET = "a secret of at least thirty-two characters";
const PLAIN = "authjs.session-token";
const SECURE = "__Secure-authjs.session-token";
const SESSION = { sessionId: "session-1", userId: "user_1" };

beforeAll(() => setEnv({ AUTH_SECRET: SECRET }));

function tokenFor(salt: string, token: Record<string, unknown> = { sid: "session-1", sub: "user_1" }, maxAge = 60) {
  return encode({ token, secret: SECRET, salt, maxAge });
}

/** As next-auth splits a token that does not fit into one cookie. */
function inPieces(name: string, token: string, pieces: number): string[] {
  const size = Math.ceil(token.length / pieces);
  return Array.from(
    { length: pieces },
    (_, index) => `${name}.${index}=${token.slice(index * size, (index + 1) * size)}`,
  );
}

test.each([PLAIN, SECURE])("the session is read out of %s among other cookies", async (name) => {
  expect(await readSessionCookie(`theme=dark; ${name}=${await tokenFor(name)}; a=b`)).toEqual(SESSION);
});

test.each([PLAIN, SECURE])("the pieces of a long %s are put together in the order of their numbers", async (name) => {
  const pieces = inPieces(name, await tokenFor(name), 12);

  expect(await readSessionCookie(pieces.toReversed().join("; "))).toEqual(SESSION);
});

test("the cookie that only HTTPS can set is believed before the other", async () => {
  const other = await tokenFor(PLAIN, { sid: "planted", sub: "user_2" });

  expect(await readSessionCookie(`${PLAIN}=${other}; ${SECURE}=${await tokenFor(SECURE)}`)).toEqual(SESSION);
});

test.each([
  { name: "no header", cookie: async () => undefined },
  { name: "no session cookie", cookie: async () => "theme=dark" },
  { name: "an empty cookie", cookie: async () => `${PLAIN}=` },
  { name: "no token at all", cookie: async () => `${PLAIN}=abc.def` },
  { name: "a token for a cookie of another name", cookie: async () => `${PLAIN}=${await tokenFor(SECURE)}` },
  { name: "a token that expired", cookie: async () => `${PLAIN}=${await tokenFor(PLAIN, undefined, -60)}` },
  { name: "a token without a session", cookie: async () => `${PLAIN}=${await tokenFor(PLAIN, { sub: "user_1" })}` },
  { name: "a changed token", cookie: async () => `${PLAIN}=${(await tokenFor(PLAIN)).slice(0, -4)}AAAA` },
  {
    name: "a token made with another secret",
    cookie: async () =>
      `${PLAIN}=${await encode({ token: { sid: "s", sub: "u" }, secret: `${SECRET}!`, salt: PLAIN })}`,
  },
])("nobody is signed in with $name", async ({ cookie }) => {
  expect(await readSessionCookie(await cookie())).toBeNull();
});
