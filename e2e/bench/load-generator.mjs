// Makes the load, in a process of its own. One job at a time, told by message; answers with what was measured.
import { HttpConnection } from "./http-connection.mjs";
import { percentiles } from "./percentiles.mjs";

const CHECK_EVERY = 64;
const STAMPED = /"content":"(\d+) (\d+) "/g;
const open = [];

const JOBS = { whole, stream, exact, hold, release };

process.on("message", (job) => {
  JOBS[job.kind]?.(job).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on("disconnect", () => process.exit());
// Between jobs nothing else is open.
process.channel?.ref();
process.send({ ready: true });

/** Requests one after another on each connection for a while. */
async function whole({ target, connections, seconds }) {
  const request = requestBytes(target, false);
  const latenciesUs = [];
  const endUs = nowUs() + seconds * 1_000_000;
  const startUs = nowUs();
  await onEach(target, connections, async (connection) => {
    while (nowUs() < endUs) {
      const sentUs = nowUs();
      const answer = await exchange(connection, request);
      latenciesUs.push(nowUs() - sentUs);
      if (latenciesUs.length % CHECK_EVERY === 1) checkCompletion(answer);
    }
  });
  const elapsed = (nowUs() - startUs) / 1_000_000;
  return { requests: latenciesUs.length, perSecond: latenciesUs.length / elapsed, latencyUs: percentiles(latenciesUs) };
}

/** Streams one after another on each connection; every chunk carries its number and when it was sent. */
async function stream({ target, connections, seconds, chunks }) {
  const request = requestBytes(target, true);
  const firstUs = [];
  const relayUs = [];
  let streams = 0;
  let received = 0;
  let reads = 0;
  const startUs = nowUs();
  const endUs = startUs + seconds * 1_000_000;
  await onEach(target, connections, async (connection, index) => {
    // Spread over one stream's length: all at once would measure the stampede.
    await new Promise((resolve) => setTimeout(resolve, (index / connections) * Math.min(500, seconds * 250)));
    while (nowUs() < endUs) {
      const sentUs = nowUs();
      let next = 0;
      await exchange(connection, request, (text) => {
        const now = nowUs();
        let any = false;
        for (const [, number, atUs] of text.matchAll(STAMPED)) {
          if (Number(number) !== next) throw new Error(`chunk ${number} came where ${next} was due`);
          if (next === 0) firstUs.push(now - sentUs);
          next += 1;
          any = true;
          relayUs.push(now - Number(atUs));
        }
        if (any) reads += 1;
      });
      if (next !== chunks) throw new Error(`a stream had ${next} chunks instead of ${chunks}`);
      streams += 1;
      received += chunks;
    }
  });
  const elapsed = (nowUs() - startUs) / 1_000_000;
  return {
    streams,
    chunks: received,
    perSecond: received / elapsed,
    chunksPerRead: received / reads,
    firstUs: percentiles(firstUs),
    relayUs: percentiles(relayUs),
  };
}

/** Streams whose content must come out to the last character. */
async function exact({ target, connections, contents }) {
  const request = requestBytes(target, true);
  const wanted = contents.join("");
  await onEach(target, connections, async (connection) => {
    const parts = [];
    await exchange(connection, request, (text) => parts.push(text));
    const events = parts.join("").split("\n\n");
    let content = "";
    for (const event of events) {
      if (!event.startsWith("data: ") || event === "data: [DONE]") continue;
      content += JSON.parse(event.slice(6)).choices[0]?.delta.content ?? "";
    }
    if (content !== wanted)
      throw new Error(`content differs: ${content.length} instead of ${wanted.length} characters`);
    if (!events.includes("data: [DONE]")) throw new Error("a stream had no end mark");
  });
  return { streams: connections };
}

/** Opens streams and keeps them open; resolves when each has had its first chunk. */
async function hold({ target, connections }) {
  const request = requestBytes(target, true);
  const waves = 50;
  for (let done = 0; done < connections; done += waves) {
    await Promise.all(
      Array.from({ length: Math.min(waves, connections - done) }, async () => {
        const connection = new HttpConnection(target.port);
        open.push(connection);
        await connection.open();
        await new Promise((resolve, reject) => {
          connection.send(request, {
            head: (status) => status === 200 || reject(new Error(`status ${status}`)),
            body: (bytes) => bytes.includes("content") && resolve(),
            end: () => reject(new Error("a stream ended that was to stay open")),
            fail: reject,
          });
        });
      }),
    );
  }
  return { streams: open.length };
}

async function release() {
  for (const connection of open.splice(0)) connection.close();
  return {};
}

async function onEach(target, count, work) {
  const connections = Array.from({ length: count }, () => new HttpConnection(target.port));
  try {
    await Promise.all(connections.map((connection) => connection.open()));
    await Promise.all(connections.map(work));
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** One request; resolves with the body. With `onEvents`, whole events are handed over as they come, and nothing is kept. */
function exchange(connection, request, onEvents) {
  return new Promise((resolve, reject) => {
    let status = 0;
    let text = "";
    let parts;
    connection.send(request, {
      head: (code) => {
        status = code;
      },
      body: (bytes) => {
        if (onEvents === undefined || status !== 200) {
          parts = parts === undefined ? bytes : Buffer.concat([parts, bytes]);
          return;
        }
        // Tricky contents need UTF-8, and no event is cut within a character once it is whole.
        parts = parts === undefined ? bytes : Buffer.concat([parts, bytes]);
        const end = parts.lastIndexOf("\n\n");
        if (end === -1) return;
        text = parts.utf8Slice(0, end + 2);
        parts = end + 2 === parts.length ? undefined : parts.subarray(end + 2);
        try {
          onEvents(text);
        } catch (error) {
          reject(error);
        }
      },
      end: () => {
        if (status === 200) resolve(parts);
        else reject(new Error(`status ${status}: ${parts?.toString("utf8").slice(0, 500)}`));
      },
      fail: reject,
    });
  });
}

function checkCompletion(bytes) {
  const answer = JSON.parse(bytes.toString("utf8"));
  if (answer.choices[0].message.content.length !== 600) throw new Error("an answer is not what the provider said");
}

function requestBytes({ path, headers, model }, streamed) {
  const body = JSON.stringify({
    model,
    messages: [
      {
        role: "system",
        content: "You are a careful assistant. Answer in plain words, and say so when you are not sure.",
      },
      { role: "user", content: "Tell me what the fox does, and how the dog takes it. ".repeat(5) },
    ],
    temperature: 0.7,
    max_tokens: 512,
    ...(streamed ? { stream: true } : {}),
  });
  const lines = Object.entries({
    host: "127.0.0.1",
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "user-agent": "signalbox-bench",
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
}

/** Microseconds on the clock that all processes of the machine share. */
function nowUs() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000_000 + Math.floor(nanoseconds / 1_000);
}
