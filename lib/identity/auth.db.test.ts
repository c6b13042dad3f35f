import { NextRequest } from "next/server";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { getPool } from "@/lib/db/connection";
import { setEnv } from "@/lib/env";
import { connectTestDatabase } from "@/lib/testing/connect-test-database";
import { handlers } from "./auth";
import { readSessionCookie } from "./session-cookie";
import { findSession, revokeSession } from "./sessions";
import { createUser } from "./users";

const RIGHT = { email: "ada@example.com", password: "password of ada" };
const WRONG = { ...RIGHT, password: "password of eve" };

connectTestDatabase();
let userId: string;

beforeAll(async () => {
  setEnv({ AUTH_SECRET: "a secret of at least thirty-two characters", LOG_LEVEL: "silent" });
  userId = (await createUser({ name: "Ada", ...RIGHT })).id;
});

beforeEach(async () => {
  await getPool().query(`TRUNCATE "RateLimit"`);
});

/** As much of a browser as next-auth can tell: it keeps cookies and repeats the CSRF token. */
class Browser {
  readonly cookies = new Map<string, string>();
  readonly origin: string;

  constructor(origin = "http://localhost:3000") {
    this.origin = origin;
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  async get(path: string): Promise<Response> {
    return this.#keepCookies(await handlers.GET(this.#request(path, {})));
  }

  async post(path: string, fields: Record<string, string>): Promise<Response> {
    const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await (await this.get("/api/auth/csrf")).json());
    const body = new URLSearchParams({ ...fields, csrfToken });
    return this.#keepCookies(await handlers.POST(this.#request(path, { method: "POST", body })));
  }

  signIn(credentials: Record<string, string>): Promise<Response> {
    return this.post("/api/auth/callback/credentials", credentials);
  }

  #request(path: string, init: { method?: string; body?: URLSearchParams }): NextRequest {
    const headers = {
      cookie: this.cookieHeader,
      host: new URL(this.origin).host,
      "user-agent": "Firefox",
      "x-forwarded-for": "203.0.113.9, 192.0.2.1",
      "x-forwarded-proto": new URL(this.origin).protocol.slice(0, -1),
    };
    return new NextRequest(this.origin + path, { ...init, headers });
  }

  #keepCookies(response: Response): Response {
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}

async function sessionOf(browser: Browser) {
  const cookie = await readSessionCookie(browser.cookieHeader);
  return cookie === null ? null : findSession(cookie.sessionId);
}

describe("signing in", () => {
  test.each([
    { origin: "http://localhost:3000", cookie: "authjs.session-token" },
    { origin: "https://ai.example.com", cookie: "__Secure-authjs.session-token" },
  ])("at $origin sets $cookie, which the gateway can read", async ({ origin, cookie }) => {
    const browser = new Browser(origin);
    const response = await browser.signIn(RIGHT);

    expect([...browser.cookies.keys()]).toContain(cookie);
    expect(response.headers.getSetCookie().find((line) => line.startsWith(cookie))).toMatch(
      /HttpOnly; .*SameSite=Lax/i,
    );
    expect(await readSessionCookie(browser.cookieHeader)).toMatchObject({ userId });
    expect(await sessionOf(browser)).toMatchObject({ userId });
  });

  test("notes where it was done from: the browser, and the address that the nearest proxy saw", async () => {
    const browser = new Browser();
    await browser.signIn(RIGHT);

    const { id } = (await sessionOf(browser)) ?? {};
    const { rows } = await getPool().query(
      `SELECT s."userAgent", e."detail" FROM "Session" s JOIN "AuditEvent" e ON e."target" = s."id" WHERE s."id" = $1`,
      [id],
    );
    expect(rows).toEqual([{ userAgent: "Firefox", detail: { address: "192.0.2.1" } }]);
  });

  test.each([
    { name: "a wrong password", credentials: WRONG },
    { name: "an unknown address", credentials: { ...RIGHT, email: "eve@example.com" } },
    { name: "no address", credentials: { password: "x" } },
    { name: "an address that is none", credentials: { ...RIGHT, email: "ada" } },
  ])("with $name leads back to the page, and all look alike", async ({ credentials }) => {
    const browser = new Browser();
    const response = await browser.signIn(credentials);

    expect(response.headers.get("location")).toBe(
      "http://localhost:3000/sign-in?error=CredentialsSignin&code=credentials",
    );
    expect(await sessionOf(browser)).toBeNull();
  });

  test("without the CSRF token does nothing", async () => {
    const body = new URLSearchParams(RIGHT);
    const request = new NextRequest("http://localhost:3000/api/auth/callback/credentials", { method: "POST", body });
    const response = await handlers.POST(request);

    expect(response.headers.get("location")).toContain("MissingCSRF");
    expect(response.headers.getSetCookie().join()).not.toContain("session-token");
  });

  test("is limited on next-auth's own route too", async () => {
    const browser = new Browser();
    for (let attempt = 0; attempt < 10; attempt += 1) await browser.signIn(WRONG);
    const response = await browser.signIn(RIGHT);

    expect(response.headers.get("location")).toContain("code=rate_limited");
    expect(await sessionOf(browser)).toBeNull();
  });
});

describe("a session", () => {
  test("tells the browser no more than who it is", async () => {
    const browser = new Browser();
    await browser.signIn(RIGHT);

    expect(await (await browser.get("/api/auth/session")).json()).toEqual({
      user: { id: userId },
      expires: expect.any(String),
    });
  });

  test("that was revoked is over for next-auth too, which takes its cookie away", async () => {
    const browser = new Browser();
    await browser.signIn(RIGHT);
    await revokeSession((await sessionOf(browser))?.id ?? "");

    expect(await (await browser.get("/api/auth/session")).json()).toBeNull();
    expect(browser.cookieHeader).not.toContain("session-token");
  });

  test("ends when the person signs out, also for whoever copied the cookie", async () => {
    const browser = new Browser();
    await browser.signIn(RIGHT);
    const copied = browser.cookieHeader;
    const session = await sessionOf(browser);
    await browser.post("/api/auth/signout", {});

    expect(session).not.toBeNull();
    expect(browser.cookieHeader).not.toContain("session-token");
    expect(await readSessionCookie(copied)).toMatchObject({ sessionId: session?.id });
    expect(await findSession(session?.id ?? "")).toBeNull();
  });
});

describe("APP_URL", () => {
  test("of https makes the cookie secure although the proxy does not say what it speaks", async () => {
    setEnv({ APP_URL: "https://ai.example.com" });
    const browser = new Browser("http://ai.example.com");
    await browser.signIn(RIGHT);
    setEnv({ APP_URL: "" });

    expect([...browser.cookies.keys()]).toContain("__Secure-authjs.session-token");
  });
});
