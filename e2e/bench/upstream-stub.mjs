// The provider of the benchmark: answers POST /v1/chat/completions at once, as JSON or, if asked to, as a stream.
// Raw sockets, so that it costs as little as possible of the machine that it shares with what is measured.
import { createServer } from "node:net";
import { completionBody, finishEvents, streamEvent } from "./stub-answers.mjs";

const HEAD_END = "\r\n\r\n";
const STREAM_HEAD =
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ncache-control: no-cache\r\ntransfer-encoding: chunked\r\nconnection: keep-alive\r\n\r\n";
const STREAM_END = "0\r\n\r\n";
const body = Buffer.from(completionBody());
const WHOLE = Buffer.concat([
  Buffer.from(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: keep-alive\r\n\r\n`,
  ),
  body,
]);

/** How streams go: `contents` to send instead of time stamps, `chunks` of them, `pauseMs` between (0: a turn of the loop). */
let pace = { chunks: 100, pauseMs: 5, contents: undefined };

process.on("message", (message) => {
  if (message.pace !== undefined) {
    pace = message.pace;
    process.send({ paced: true });
  }
});

const server = createServer({ noDelay: true }, (socket) => {
  let waiting = Buffer.alloc(0);
  socket.on("error", () => undefined);
  socket.on("data", (bytes) => {
    waiting = waiting.length === 0 ? bytes : Buffer.concat([waiting, bytes]);
    for (;;) {
      const end = waiting.indexOf(HEAD_END);
      if (end === -1) return;
      const head = waiting.latin1Slice(0, end);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      const from = end + HEAD_END.length;
      if (waiting.length < from + length) return;
      const request = waiting.subarray(from, from + length);
      waiting = waiting.subarray(from + length);
      if (/"stream": ?true/.test(request.latin1Slice())) stream(socket);
      else socket.write(WHOLE);
    }
  });
});

function stream(socket) {
  const { chunks, pauseMs, contents } = pace;
  const frame = (text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
  let sent = 0;
  const event = () => streamEvent(contents === undefined ? `${sent} ${nowUs()} ` : contents[sent]);
  socket.write(STREAM_HEAD + frame(streamEvent("", "assistant")) + frame(event()));
  sent = 1;
  const next = () => {
    if (socket.destroyed) return stop();
    if (sent < chunks) {
      socket.write(frame(event()));
      sent += 1;
      if (pauseMs === 0) setImmediate(next);
      return;
    }
    stop();
    socket.write(frame(finishEvents(chunks)) + STREAM_END);
  };
  // A chunk a turn: each leaves on its own, as fast as the loop turns.
  const timer = pauseMs === 0 ? undefined : setInterval(next, pauseMs);
  const stop = () => clearInterval(timer);
  if (timer === undefined) setImmediate(next);
}

/** Microseconds on the clock that all processes of the machine share. */
function nowUs() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000_000 + Math.floor(nanoseconds / 1_000);
}

server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("disconnect", () => process.exit());
