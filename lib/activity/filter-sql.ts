import { type ActivityFilter, type ActivityStatus, CHATROOM } from "@/lib/schemas/activity-filter";

/** Everything of a filter but its period. */
export type Narrowing = Omit<ActivityFilter, "from" | "to">;

/** Adds a value to the parameters of a statement and gives its placeholder. */
export type Bind = (value: unknown) => string;

/** The program that asked, as the index on it has it. */
export const APP_SQL = `signalbox_app_of("apiKeyHash", "appTitle", "httpReferer")`;

// Written out, not bound: with a parameter in its place, PostgreSQL could not see that a partial index will do.
const STATUS_SQL = {
  finished: `"state" = 'finished'`,
  failed: `"state" = 'failed'`,
  aborted: `"state" = 'aborted'`,
  interrupted: `"state" = 'interrupted'`,
  insured: `"insured"`,
  estimated: `"estimated"`,
  byok: `"isByok"`,
  sandbox: `"sandbox"`,
} as const satisfies Record<ActivityStatus, string>;

/** Whether a filter asks for more than a period. */
export function isNarrow({ model, provider, key, app, status }: Narrowing): boolean {
  return [model, provider, key, app, status].some((wanted) => wanted !== undefined);
}

/** Conditions on the table `Generation`. */
export function generationConditions({ model, provider, key, app, status }: Narrowing, bind: Bind): string[] {
  return [
    ...(model === undefined ? [] : [`"modelId" = ${bind(model)}`]),
    ...(provider === undefined ? [] : [`"providerSlug" = ${bind(provider)}`]),
    ...(key === undefined ? [] : [key === CHATROOM ? `"apiKeyHash" IS NULL` : `"apiKeyHash" = ${bind(key)}`]),
    ...(app === undefined
      ? []
      : [`("appTitle" IS NOT NULL OR "httpReferer" IS NOT NULL)`, `${APP_SQL} = ${bind(app)}`]),
    ...(status === undefined ? [] : [STATUS_SQL[status]]),
  ];
}

/** The same conditions on the table `ActivityDay`. */
export function sumConditions({ model, provider, key, app, status }: Narrowing, bind: Bind): string[] {
  return [
    ...(model === undefined ? [] : [`"modelId" = ${bind(model)}`]),
    ...(provider === undefined ? [] : [`"providerSlug" = ${bind(provider)}`]),
    ...(key === undefined ? [] : [`"apiKeyHash" = ${bind(key === CHATROOM ? "" : key)}`]),
    ...(app === undefined ? [] : [`"app" = ${bind(app)}`]),
    ...(status === undefined ? [] : [STATUS_SQL[status]]),
  ];
}
