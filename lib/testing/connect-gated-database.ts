import { connectTestDatabase } from "./connect-test-database";
import { type DatabaseGate, startDatabaseGate } from "./start-database-gate";

/** A test file's own database behind a gate that its tests can close: an outage of the database. */
export function connectGatedDatabase(): { readonly url: string; readonly gate: DatabaseGate } {
  let gate: DatabaseGate | undefined;
  const database = connectTestDatabase({
    through: async (url) => {
      gate = await startDatabaseGate(url);
      return gate;
    },
  });
  return {
    get url() {
      return database.url;
    },
    get gate() {
      if (gate === undefined) throw new Error("the gate is there while tests run only");
      return gate;
    },
  };
}
