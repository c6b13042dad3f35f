import { isDatabaseAway } from "@/lib/billing/billing-state";
import { AppError, databaseUnavailable } from "@/lib/errors";
import { API_ROUTES, ERROR_BODIES } from "./api-routes";
import type { GatewayRequest, GatewayResponse, OpenOperation } from "./http";
import { publicErrorBody, renderError } from "./render-error";

export const API_PREFIX = "/api/v1";

/** Browsers of any site may call with a bearer key. No `allow-credentials`: cookies work from our own pages only. */
const CORS_HEADERS = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers":
    "X-Generation-Id, X-Max-Tokens-Clamped, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After",
} as const;

const PREFLIGHT_HEADERS = {
  "access-control-allow-methods": "GET, POST, PATCH, PUT, DELETE, OPTIONS",
  "access-control-max-age": "86400",
} as const;

/** The common headers of browser clients, for preflights that do not say what they want. */
const DEFAULT_ALLOWED_HEADERS =
  "Authorization, Content-Type, HTTP-Referer, X-Title, X-OpenRouter-Title, X-OpenRouter-Metadata, X-Session-Id";

type Match = { operations: Readonly<Record<string, OpenOperation>>; parameters: Record<string, string> };

type Pattern = { steps: readonly string[]; operations: Readonly<Record<string, OpenOperation>> };

const FIXED = new Map(Object.entries(API_ROUTES).filter(([path]) => !path.includes("{")));
const PATTERNS: readonly Pattern[] = Object.entries(API_ROUTES)
  .filter(([path]) => path.includes("{"))
  .map(([path, operations]) => ({ steps: path.split("/"), operations }));

/**
 * Answers one request to the public API, whichever door it came through. Never throws: a refusal is a response, and so
 * is an unexpected error, under an id that the log has too.
 */
export async function handleApiRequest(request: GatewayRequest): Promise<GatewayResponse> {
  if (request.method === "OPTIONS") return preflight(request);
  try {
    return withCors(await dispatch(request));
  } catch (error) {
    // Whatever went wrong inside while the database is away went wrong for that reason.
    const isOurs = error instanceof AppError;
    return refuseApiRequest(!isOurs && (await isDatabaseAway()) ? databaseUnavailable(error) : error, request.path);
  }
}

/** The answer to a request for `path` that failed with `error`, also for servers that could not even read it. */
export function refuseApiRequest(error: unknown, path: string): GatewayResponse {
  return withCors(renderError(error, ERROR_BODIES[routeOf(path)] ?? publicErrorBody));
}

function withCors({ status, headers, body }: GatewayResponse): GatewayResponse {
  return { status, headers: { ...CORS_HEADERS, ...headers }, body };
}

function dispatch(request: GatewayRequest): Promise<GatewayResponse> {
  const match = findRoute(request.path);
  if (match === undefined) throw new AppError("not_found", "Resource not found");
  const method = request.method === "HEAD" ? "GET" : request.method;
  const operation = match.operations[method];
  if (operation === undefined) {
    const allow = Object.keys(match.operations).join(", ");
    throw new AppError("method_not_allowed", `Method ${request.method} is not allowed here; allowed: ${allow}`, {
      headers: { allow },
    });
  }
  return operation(request, match.parameters);
}

/** The path as the route table has it. Served with or without a slash at the end: a redirect would drop a POST's body. */
function routeOf(path: string): string {
  return path.slice(API_PREFIX.length).replace(/\/+$/, "");
}

function findRoute(path: string): Match | undefined {
  const rest = routeOf(path);
  const fixed = FIXED.get(rest);
  if (fixed !== undefined) return { operations: fixed, parameters: {} };
  const steps = rest.split("/");
  for (const pattern of PATTERNS) {
    const parameters = matchSteps(pattern.steps, steps);
    if (parameters !== undefined) return { operations: pattern.operations, parameters };
  }
  return undefined;
}

function matchSteps(pattern: readonly string[], steps: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== steps.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, expected] of pattern.entries()) {
    const step = steps[index] ?? "";
    if (expected.startsWith("{")) {
      const value = decoded(step);
      if (value === undefined || value === "") return undefined;
      parameters[expected.slice(1, -1)] = value;
    } else if (expected !== step) {
      return undefined;
    }
  }
  return parameters;
}

function decoded(step: string): string | undefined {
  try {
    return decodeURIComponent(step);
  } catch {
    return undefined; // a broken escape names nothing
  }
}

function preflight({ headers }: GatewayRequest): GatewayResponse {
  return {
    status: 204,
    headers: {
      ...CORS_HEADERS,
      ...PREFLIGHT_HEADERS,
      "access-control-allow-headers": headers["access-control-request-headers"] ?? DEFAULT_ALLOWED_HEADERS,
    },
    body: "",
  };
}
