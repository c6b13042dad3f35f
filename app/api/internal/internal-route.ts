import "server-only";
import type { NextRequest } from "next/server";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { isSameOrigin } from "@/lib/identity/is-same-origin";
import { findSignedInUser } from "@/lib/identity/session";
import { consumeVisitorRequest } from "@/lib/identity/visitor-limit";
import { log } from "@/lib/log";
import type { User } from "@/lib/schemas/account";
import { clientAddress } from "../../client-address";

type Call<Parameters> = { user: User; request: NextRequest; parameters: Parameters };
type Context<Parameters> = { params: Promise<Parameters> };

/**
 * A route handler for our own pages: for whoever is signed in, from a page of this site where something is changed. What
 * it gives is sent as JSON unless it is a response already; errors as `{ error: { code, message, field? } }`.
 */
export function internalRoute<Parameters = Record<never, never>>(
  answer: (call: Call<Parameters>) => Promise<unknown>,
): (request: NextRequest, context: Context<Parameters>) => Promise<Response> {
  return async (request, context) => {
    try {
      if (request.method !== "GET" && !isSameOrigin((name) => request.headers.get(name))) {
        throw new AppError("forbidden", "This may only be asked for by a page of this site.");
      }
      const user = await findSignedInUser();
      if (user === null) throw new AppError("unauthenticated", "Please sign in again.");
      const given = await answer({ user, request, parameters: await context.params });
      return given instanceof Response ? given : Response.json(given, { headers: { "cache-control": "no-store" } });
    } catch (error) {
      return refusal(error);
    }
  };
}

/** The same for administrators; to anybody else there is nothing at this address. */
export function administratorRoute<Parameters = Record<never, never>>(
  answer: (call: Call<Parameters>) => Promise<unknown>,
): (request: NextRequest, context: Context<Parameters>) => Promise<Response> {
  return internalRoute<Parameters>((call) => {
    if (!call.user.isAdmin) throw new AppError("not_found", "There is nothing at this address.");
    return answer(call);
  });
}

/**
 * The same for whoever looks at a page of this site, signed in or not: only for what anybody may know, and no more often
 * than a person asks.
 */
export function visitorRoute(
  answer: (request: NextRequest) => Promise<unknown>,
): (request: NextRequest) => Promise<Response> {
  return async (request) => {
    try {
      if (request.method !== "GET" && !isSameOrigin((name) => request.headers.get(name))) {
        throw new AppError("forbidden", "This may only be asked for by a page of this site.");
      }
      await consumeVisitorRequest(await clientAddress());
      return Response.json(await answer(request), { headers: { "cache-control": "no-store" } });
    } catch (error) {
      return refusal(error);
    }
  };
}

/**
 * The request's JSON body as `schema` makes it.
 *
 * @throws AppError `invalid_request` with the first wrong field in its metadata.
 */
export async function parseBody<T>(request: NextRequest, schema: z.ZodType<T>): Promise<T> {
  return parsed(await request.json().catch(() => undefined), schema);
}

/**
 * The request's query as `schema` makes it.
 *
 * @throws AppError `invalid_request` with the first wrong parameter in its metadata.
 */
export function parseQuery<T>(request: NextRequest, schema: z.ZodType<T>): T {
  return parsed(Object.fromEntries(request.nextUrl.searchParams), schema);
}

function parsed<T>(value: unknown, schema: z.ZodType<T>): T {
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return data;
  const [issue] = error.issues;
  const field = issue?.path.join(".") || undefined;
  throw new AppError("invalid_request", issue?.message ?? "The body is wrong.", { metadata: { field } });
}

const fieldSchema = z.object({ field: z.string() });

function refusal(thrown: unknown): Response {
  if (!(thrown instanceof AppError)) log().error({ err: thrown }, "an internal route failed");
  const refused = thrown instanceof AppError ? thrown : new AppError("internal", "Something failed on our side.");
  return Response.json(
    { error: errorOf(refused) },
    { status: refused.status, headers: { ...refused.headers, "cache-control": "no-store" } },
  );
}

function errorOf({ code, message, metadata }: AppError): { code: string; message: string; field?: string } {
  const wrong = fieldSchema.safeParse(metadata);
  if (!wrong.success) return { code, message };
  const { field } = wrong.data;
  // A form shows the message beside the field, so its name is not said again.
  return { code, message: message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message, field };
}
