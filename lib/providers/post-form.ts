import "server-only";
import { request } from "undici";

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_CHARS = 64 * 1024;

/** Posts a form to a service that gives out tokens. @throws the network error */
export async function postForm(
  url: string,
  fields: Readonly<Record<string, string>>,
): Promise<{ status: number; body: string }> {
  const { statusCode, body } = await request(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams(fields).toString(),
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  return { status: statusCode, body: (await body.text()).slice(0, MAX_ANSWER_CHARS) };
}
