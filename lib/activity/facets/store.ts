import "server-only";
import { getPool } from "@/lib/db/connection";
import { APP_SQL } from "../filter-sql";

/** What the account's generations can be filtered by, each in its order. */
export type Facets = { models: string[]; providers: string[]; keys: string[]; apps: string[]; hasChatroom: boolean };

/** More than anybody looks through. */
const MAX_VALUES = 500;

export async function selectFacets(accountId: string): Promise<Facets> {
  const { rows } = await getPool().query<Facets>(
    `SELECT ARRAY(${distinct(`"modelId"`)}) AS "models", ARRAY(${distinct(`"providerSlug"`)}) AS "providers",
       ARRAY(${distinct(`"apiKeyHash"`)}) AS "keys",
       ARRAY(${distinct(APP_SQL, `AND ("appTitle" IS NOT NULL OR "httpReferer" IS NOT NULL)`)}) AS "apps",
       EXISTS (SELECT 1 FROM "Generation" WHERE "accountId" = $1 AND "apiKeyHash" IS NULL) AS "hasChatroom"`,
    [accountId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("a statement without FROM gave no row");
  return { ...row, apps: row.apps.filter((app) => app !== "") };
}

/**
 * Every value once, by jumping through the index that begins with account and value: PostgreSQL itself would read all
 * rows. A probe per value, however many rows there are.
 */
function distinct(value: string, condition = ""): string {
  const first = (further: string) =>
    `SELECT ${value} AS v FROM "Generation" WHERE "accountId" = $1 ${condition} ${further} ORDER BY ${value} LIMIT 1`;
  return `WITH RECURSIVE found AS (
      (${first("")}) UNION ALL SELECT (${first(`AND ${value} > found.v`)}) FROM found WHERE found.v IS NOT NULL
    ) SELECT v FROM found WHERE v IS NOT NULL LIMIT ${MAX_VALUES}`;
}
