import { spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findCommandLine } from "@/lib/db/embedded/process-identity";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@/lib/db/embedded-postgres";
import { runSql } from "@/lib/testing/run-sql";

const log = { info: () => undefined, warn: () => undefined };

let dataDir: string;
let started: EmbeddedPostgres[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "signalbox-embedded-"));
  started = [];
});

afterEach(async () => {
  for (const server of started) await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, log });
  started.push(server);
  return server;
}

const STARTER = `
  const { startEmbeddedPostgres } = await import(${JSON.stringify(join(process.cwd(), "lib/db/embedded-postgres.ts"))});
  const log = { info: () => undefined, warn: () => undefined };
  const server = await startEmbeddedPostgres({ dataDir: process.argv[1], log });
  console.log(JSON.stringify({ url: server.url, attached: server.attached }));
  process.once("SIGTERM", () => server.stop().then(() => process.exit(0)));
  setInterval(() => undefined, 1_000);
`;

/** Starts the database from a process of its own, as another Signalbox would. */
function startElsewhere(): {
  answer: Promise<{ url: string; attached: boolean }>;
  end(signal: NodeJS.Signals): Promise<void>;
} {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import=tsx", "--input-type=module", "--eval", STARTER, dataDir],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const answer = new Promise<{ url: string; attached: boolean }>((resolve, reject) => {
    child.stdout.once("data", (bytes: Buffer) => resolve(JSON.parse(bytes.toString())));
    child.once("exit", (exitCode) => reject(new Error(`the starter ended with ${exitCode}`)));
  });
  return {
    answer,
    end: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
}

function serverPid(): number {
  return Number.parseInt(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8"), 10);
}

/** By its command line, because where process 1 does not reap orphans a dead server keeps its id as a zombie. */
function isRunning(pid: number): boolean {
  return findCommandLine(pid) !== null;
}

async function killServer(): Promise<void> {
  const pid = serverPid();
  process.kill(pid, "SIGKILL");
  while (isRunning(pid)) await sleep(5);
}

test("the first start creates a durable UTF-8 database that only the generated password opens", async () => {
  const { url, attached } = await start();
  expect(attached).toBe(false);
  const [settings] = await runSql(
    url,
    `select current_setting('server_encoding') as encoding, current_setting('lc_collate') as locale,
            current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
            current_setting('listen_addresses') as addresses, current_setting('data_checksums') as checksums,
            current_database() as database`,
  );
  expect(settings).toEqual({
    encoding: "UTF8",
    locale: "C",
    fsync: "on",
    commit: "on",
    addresses: "127.0.0.1",
    checksums: "on",
    database: "signalbox",
  });
  const wrong = new URL(url);
  wrong.password = "guess";
  await expect(runSql(wrong.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
});

test("stop ends the server, and the next start finds the data on the same port", async () => {
  const first = await start();
  await runSql(first.url, "create table kept (value text)");
  await runSql(first.url, "insert into kept values ('yes')");
  const pid = serverPid();
  await first.stop();
  expect(isRunning(pid)).toBe(false);

  const second = await start();
  expect(second.attached).toBe(false);
  expect(new URL(second.url).port).toBe(new URL(first.url).port);
  expect(await runSql(second.url, "select value from kept")).toEqual([{ value: "yes" }]);
});

test("a second starter attaches, and the server stops with the last of them", async () => {
  const first = await start();
  const second = await start();
  expect([first.attached, second.attached]).toEqual([false, true]);
  const pid = serverPid();

  await first.stop();
  expect(await runSql(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
  await second.stop();
  expect(isRunning(pid)).toBe(false);
});

test("starters that stop at the same moment do not each leave the server to the others", async () => {
  const servers = [await start(), await start(), await start()];
  const pid = serverPid();
  await Promise.all(servers.map((server) => server.stop()));
  expect(isRunning(pid)).toBe(false);
});

test("when the starter is killed, the server lives on with everything committed and the next start attaches", async () => {
  const elsewhere = startElsewhere();
  const { url } = await elsewhere.answer;
  await runSql(url, "create table kept as select 'yes' as value");
  await elsewhere.end("SIGKILL");

  const next = await start();
  expect(next.attached).toBe(true);
  expect(await runSql(next.url, "select value from kept")).toEqual([{ value: "yes" }]);
  const pid = serverPid();
  await next.stop();
  expect(isRunning(pid)).toBe(false);
});

test("several processes starting at once on an empty directory share one server", async () => {
  const starters = [startElsewhere(), startElsewhere(), startElsewhere()];
  try {
    const answers = await Promise.all(starters.map((starter) => starter.answer));
    expect(answers.filter(({ attached }) => !attached)).toHaveLength(1);
    expect(new Set(answers.map(({ url }) => new URL(url).port)).size).toBe(1);
    expect(readdirSync(dataDir).filter((name) => name.startsWith("postgres.init-"))).toEqual([]);
  } finally {
    await Promise.all(starters.map((starter) => starter.end("SIGTERM")));
  }
  expect(existsSync(join(dataDir, "postgres", "postmaster.pid"))).toBe(false);
});

test("a killed server is brought back on the same port, with everything that was acknowledged", async () => {
  const { url } = await start();
  await runSql(url, "create table kept (n int)");
  for (let n = 0; n < 20; n += 1) await runSql(url, `insert into kept values (${n})`);
  await killServer();

  await expect.poll(() => runSql(url, "select count(*)::int as n from kept"), { timeout: 15_000 }).toEqual([{ n: 20 }]);
});

test("a start after both sides were killed recovers, though a killed server's file names a process id in use", async () => {
  const elsewhere = startElsewhere();
  const { url } = await elsewhere.answer;
  await runSql(url, "create table kept as select 'yes' as value");
  await elsewhere.end("SIGKILL");
  await killServer();
  // What a restarted container sees: the recorded id now belongs to something else of the same user.
  const { uid, gid } = statSync(join(dataDir, "postgres"));
  const stranger = spawn("sleep", ["60"], { uid, gid, stdio: "ignore" });
  const pidFile = join(dataDir, "postgres", "postmaster.pid");
  const [, ...rest] = readFileSync(pidFile, "utf8").split("\n");
  writeFileSync(pidFile, [stranger.pid, ...rest].join("\n"));
  try {
    const next = await start();
    expect(next.attached).toBe(false);
    expect(await runSql(next.url, "select value from kept")).toEqual([{ value: "yes" }]);
  } finally {
    stranger.kill();
  }
});

test("an unfinished creation is thrown away, and one that another process is at is left alone", async () => {
  const gone = spawnSync(process.execPath, ["--version"]).pid;
  const abandoned = join(dataDir, `postgres.init-${gone}-a`);
  const running = join(dataDir, `postgres.init-${process.ppid}-b`);
  for (const directory of [abandoned, running]) mkdirSync(join(directory, "data/base"), { recursive: true });

  await start();
  expect(existsSync(abandoned)).toBe(false);
  expect(existsSync(running)).toBe(true);
});

test("a creation that is killed half-way is repeated by the next start", async () => {
  const elsewhere = startElsewhere();
  const refused = expect(elsewhere.answer).rejects.toThrow("ended");
  await expect.poll(() => readdirSync(dataDir).length, { interval: 5, timeout: 15_000 }).toBeGreaterThan(0);
  await elsewhere.end("SIGKILL");
  await refused;
  expect(existsSync(join(dataDir, "postgres"))).toBe(false);

  const { url } = await start();
  expect(await runSql(url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a directory that holds something else is refused and left as it is", async () => {
  mkdirSync(join(dataDir, "postgres"));
  writeFileSync(join(dataDir, "postgres", "letters.txt"), "mine");
  await expect(start()).rejects.toThrow("is not a database made by Signalbox");
  expect(readdirSync(join(dataDir, "postgres"))).toEqual(["letters.txt"]);
});

test("a database of another major version is refused with both versions named", async () => {
  await (await start()).stop();
  writeFileSync(join(dataDir, "postgres", "PG_VERSION"), "14\n");
  await expect(start()).rejects.toThrow(/PostgreSQL 14.*15/s);
});

test.runIf(process.getuid?.() === 0)(
  "as root, a directory closed to PostgreSQL's user still works, over a link",
  async () => {
    const closedDir = join(dataDir, "home");
    mkdirSync(closedDir, { mode: 0o700 });
    const options = { dataDir: join(closedDir, "project/.data"), log };
    const first = await startEmbeddedPostgres(options);
    started.push(first);
    const link = join(options.dataDir, "postgres");
    const home = readlinkSync(link);
    try {
      await runSql(first.url, "create table kept as select 'yes' as value");
      await first.stop();
      const second = await startEmbeddedPostgres(options);
      started.push(second);
      expect(await runSql(second.url, "select value from kept")).toEqual([{ value: "yes" }]);
      expect(statSync(closedDir).mode & 0o777).toBe(0o700);
      await second.stop();
    } finally {
      rmSync(home, { recursive: true });
    }
    await expect(startEmbeddedPostgres(options)).rejects.toThrow("links to a directory that is gone");
  },
);
