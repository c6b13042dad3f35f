import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { processState } from "@/lib/process-state";
import { PrismaClient } from "./generated/client";

// A database that hangs must not make requests hang with it: whoever waits longer is told that it is away. Generous,
// because a busy machine is no outage.
const TRANSACTION_WAIT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 5_000;
const PRISMA_QUERY_TIMEOUT_MS = 30_000;

type Connection = { url: string; pool: pg.Pool; prisma: PrismaClient | undefined };

const slot = () => processState<{ current: Connection | undefined }>("db", () => ({ current: undefined }));

// int8 columns are money: bigint, never a lossy number or a string. For our pool only: Prisma reads them its own way.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, BigInt);

/** Opens the pool that everything in this process shares. A second call with the same URL changes nothing. */
export function connectDatabase(url: string, maxConnections = 10): void {
  const held = slot();
  if (held.current?.url === url) return;
  if (held.current !== undefined) throw new Error("this process is connected to another database already");
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    application_name: "signalbox",
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    types,
  });
  // An idle connection that breaks is replaced on next use; without a listener its error would end the process.
  pool.on("error", () => undefined);
  held.current = { url, pool, prisma: undefined };
}

/** The shared pool, for hot statements in SQL. @throws Error before {@link connectDatabase}. */
export function getPool(): pg.Pool {
  return getConnection().pool;
}

/** The URL that this process is connected to. @throws Error before {@link connectDatabase}. */
export function getDatabaseUrl(): string {
  return getConnection().url;
}

/** Prisma over its own small pool, for everything that is not hot. @throws Error before {@link connectDatabase}. */
export function getPrisma(): PrismaClient {
  const connection = getConnection();
  connection.prisma ??= new PrismaClient({
    adapter: new PrismaPg({
      connectionString: connection.url,
      max: 5,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: PRISMA_QUERY_TIMEOUT_MS,
    }),
    // Prisma gives up after 2 s, and just after the start Next may keep the event loop of a busy machine for longer.
    transactionOptions: { maxWait: TRANSACTION_WAIT_MS, timeout: TRANSACTION_WAIT_MS },
  });
  return connection.prisma;
}

/** Closes all connections of this process. */
export async function disconnectDatabase(): Promise<void> {
  const held = slot();
  const connection = held.current;
  held.current = undefined;
  await connection?.prisma?.$disconnect();
  await connection?.pool.end();
}

function getConnection(): Connection {
  const { current } = slot();
  if (current === undefined) throw new Error("the database is not connected yet");
  return current;
}
