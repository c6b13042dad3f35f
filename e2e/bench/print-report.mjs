import { cpus, loadavg, platform, release, totalmem } from "node:os";

/** Prints what was found as a markdown table: each target, what was measured, whether it is met. */
export function printReport(found, { rounds, seconds }) {
  const rows = [
    ...wholeRows(found),
    ...streamRows(found),
    ...burstRows(found),
    ...memoryRows(found),
    ...insideRows(found),
  ];
  const [first] = cpus();
  const lines = [
    `Measured ${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC on ${cpus().length} × ${first?.model ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}; ${rounds} rounds of ${seconds} s, the best of each.`,
    "",
    "| what | target | measured | |",
    "| --- | --- | --- | --- |",
    ...rows.map(({ what, target = "", value, ok }) => `| ${what} | ${target} | ${value} | ${verdict(ok)} |`),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

const verdict = (ok) => (ok === undefined ? "" : ok ? "met" : "MISSED");
const ms = (us) => `${(us / 1_000).toFixed(2)} ms`;
const us = (value) => `${value.toFixed(1)} µs`;
const cpuOf = (value) => (value === undefined ? "CPU not measured" : us(value));
const perSecond = (value) => `${Math.round(value).toLocaleString("en")}/s`;
const times = (value) => `${value.toFixed(2)} ×`;
const kib = (bytes) => `${Math.round(bytes / 1024)} KiB`;

function of(results, name) {
  return results?.get(name);
}

function wholeRows({ whole, single }) {
  if (whole === undefined) return [];
  const plain = of(whole, "plain proxy");
  const ours = of(whole, "Signalbox");
  const portkey = of(whole, "Portkey");
  const alone = { direct: of(single, "direct"), ours: of(single, "Signalbox"), portkey: of(single, "Portkey") };
  const added = (share) => alone.ours.latencyUs[share] - alone.direct.latencyUs[share];
  const cpuRatio = ours.cpuUs / plain.cpuUs;
  const rateRatio = ours.perSecond / portkey.perSecond;
  return [
    {
      what: "CPU per completion, against the plain proxy, 16 connections",
      target: "≤ 4 ×",
      value: `${times(cpuRatio)} (${us(ours.cpuUs)}; plain ${us(plain.cpuUs)}, Portkey ${us(portkey.cpuUs)}; PostgreSQL beside it ${ours.databaseCpuUs === undefined ? "not measured" : us(ours.databaseCpuUs)})`,
      ok: cpuRatio <= 4,
    },
    {
      what: "Latency added to the upstream's own, 1 connection, commit of the ledger included: p50",
      target: "≤ 1.2 ms",
      value: `${ms(added("p50"))} (Portkey, which keeps no ledger: ${ms(alone.portkey.latencyUs.p50 - alone.direct.latencyUs.p50)})`,
      ok: added("p50") <= 1_200,
    },
    {
      what: "The same: p99",
      target: "≤ 6 ms",
      value: `${ms(added("p99"))} (Portkey: ${ms(alone.portkey.latencyUs.p99 - alone.direct.latencyUs.p99)})`,
      ok: added("p99") <= 6_000,
    },
    {
      what: "Requests per second of one process, against Portkey, 16 connections",
      target: "≥ 3 ×",
      value: `${times(rateRatio)} (${perSecond(ours.perSecond)}; Portkey ${perSecond(portkey.perSecond)}, plain ${perSecond(plain.perSecond)})`,
      ok: rateRatio >= 3,
    },
  ];
}

function streamRows({ stream, exact }) {
  if (stream === undefined) return [];
  const direct = of(stream, "direct");
  const plain = of(stream, "plain proxy");
  const ours = of(stream, "Signalbox");
  const portkey = of(stream, "Portkey");
  const added = (server, share) => server.firstUs[share] - direct.firstUs[share];
  const beside = (share) =>
    `plain ${ms(added(plain, share))}${portkey === undefined ? "" : `, Portkey ${ms(added(portkey, share))}`}`;
  const cpuRatio = ours.cpuUs / plain.cpuUs;
  return [
    {
      what: "Time added to the first chunk, 200 streams at 5 ms between chunks: p50",
      target: "≤ 3 ms",
      value: `${ms(added(ours, "p50"))} (${beside("p50")})`,
      ok: added(ours, "p50") <= 3_000,
    },
    {
      what: "The same: p99",
      target: "≤ 25 ms",
      value: `${ms(added(ours, "p99"))} (${beside("p99")})`,
      ok: added(ours, "p99") <= 25_000,
    },
    {
      what: "Every chunk on its way: from the upstream's write to the client, added p50 / p99",
      value: `${ms(ours.relayUs.p50 - direct.relayUs.p50)} / ${ms(ours.relayUs.p99 - direct.relayUs.p99)} (plain ${ms(plain.relayUs.p50 - direct.relayUs.p50)} / ${ms(plain.relayUs.p99 - direct.relayUs.p99)}); ${ours.chunksPerRead.toFixed(2)} chunks a read (plain ${plain.chunksPerRead.toFixed(2)})`,
    },
    {
      what: "Order and content exact: every chunk's number, and awkward contents to the last character",
      target: "all",
      value: exact ? "all" : "not checked",
      ok: exact === true,
    },
    {
      what: "CPU per chunk at that pace, against the plain proxy",
      target: "≤ 1.5 ×",
      value: `${times(cpuRatio)} (${us(ours.cpuUs)}; plain ${us(plain.cpuUs)}${portkey === undefined ? "" : `, Portkey ${us(portkey.cpuUs)}`})`,
      ok: cpuRatio <= 1.5,
    },
  ];
}

function burstRows({ burst }) {
  if (burst === undefined) return [];
  const plain = of(burst, "plain proxy");
  const ours = of(burst, "Signalbox");
  const portkey = of(burst, "Portkey");
  const rateRatio = ours.perSecond / plain.perSecond;
  return [
    {
      what: "Chunks relayed per second without a pause, 16 streams, against the plain proxy",
      target: "≥ 0.5 ×",
      value: `${times(rateRatio)} (${perSecond(ours.perSecond)}; plain ${perSecond(plain.perSecond)}, Portkey ${perSecond(portkey.perSecond)}); CPU per chunk ${times(ours.cpuUs / plain.cpuUs)} (${us(ours.cpuUs)}; plain ${us(plain.cpuUs)})`,
      ok: rateRatio >= 0.5,
    },
  ];
}

function memoryRows({ memory }) {
  if (memory === undefined) return [];
  const row = (kind, what, limitKib) => ({
    what: `Memory per open stream of 1,000, ${what}`,
    target: `≤ ${limitKib} KiB`,
    value: `${kib(memory.ours[kind])} (plain ${kib(memory.plain[kind])}, Portkey ${kib(memory.portkey[kind])})`,
    ok: memory.ours[kind] <= limitKib * 1024,
  });
  return [row("idle", "silent after the first chunk", 60), row("active", "a chunk every 100 ms", 120)];
}

function insideRows({ settlement, planning }) {
  const rows = [];
  if (settlement !== undefined) {
    rows.push({
      what: "Generations settled per second, grouped, embedded database",
      target: "≥ 5,000/s",
      value: `${perSecond(settlement.perSecond)}, ${cpuOf(settlement.cpuUs)} of PostgreSQL each; one that is alone ${settlement.aloneMsP50.toFixed(2)} ms (p50), ${cpuOf(settlement.cpuAloneUs)}`,
      ok: settlement.perSecond >= 5_000,
    });
  }
  if (planning !== undefined) {
    rows.push({
      what: "Planning over 20 endpoints",
      target: "< 50 µs",
      value: us(planning.perPlanUs),
      ok: planning.perPlanUs < 50,
    });
    rows.push({
      what: "CPU that the fullest provider object adds to a request: parsing, rules, order",
      target: "< 100 µs",
      value: us(planning.providerObjectUs),
      ok: planning.providerObjectUs < 100,
    });
  }
  return rows;
}
