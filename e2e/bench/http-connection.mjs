import { connect } from "node:net";

const HEAD_END = "\r\n\r\n";
const NOTHING = Buffer.alloc(0);

/**
 * One keep-alive HTTP/1.1 client connection that does just enough: it must cost less than what it measures. One request
 * at a time; answers with a content length or in chunks.
 */
export class HttpConnection {
  #port;
  #socket;
  #rest = NOTHING;
  /** "head" | "length" | "size" | "data" */
  #state = "head";
  #left = 0;
  #handlers;

  constructor(port) {
    this.#port = port;
  }

  open() {
    return new Promise((resolve, reject) => {
      const socket = connect({ port: this.#port, host: "127.0.0.1", noDelay: true });
      this.#socket = socket;
      socket.once("connect", resolve);
      socket.on("error", (error) => {
        reject(error);
        this.#fail(error);
      });
      socket.on("close", () => this.#fail(new Error("the connection was closed")));
      socket.on("data", (bytes) => this.#read(bytes));
    });
  }

  /** @param handlers `head(status)`, `body(bytes)`, `end()`, `fail(error)` */
  send(bytes, handlers) {
    this.#handlers = handlers;
    this.#socket.write(bytes);
  }

  close() {
    this.#handlers = undefined;
    this.#socket?.destroy();
  }

  #fail(error) {
    const handlers = this.#handlers;
    this.#handlers = undefined;
    handlers?.fail(error);
  }

  #end() {
    this.#state = "head";
    const handlers = this.#handlers;
    this.#handlers = undefined;
    handlers?.end();
  }

  #read(bytes) {
    const data = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    this.#rest = NOTHING;
    let at = 0;
    while (at < data.length) {
      const next = this.#step(data, at);
      if (next === undefined) {
        this.#rest = data.subarray(at);
        return;
      }
      at = next;
    }
  }

  /** Reads one element from `at` on and returns where the next begins; `undefined` when it is not all there yet. */
  #step(data, at) {
    if (this.#state === "head") return this.#readHead(data, at);
    if (this.#state === "size") return this.#readSize(data, at);
    const end = Math.min(data.length, at + this.#left);
    this.#handlers?.body(data.subarray(at, end));
    this.#left -= end - at;
    if (this.#left === 0) {
      if (this.#state === "length") this.#end();
      else this.#state = "size";
    }
    return end;
  }

  #readHead(data, at) {
    const end = data.indexOf(HEAD_END, at);
    if (end === -1) return undefined;
    const head = data.latin1Slice(at, end);
    const status = Number(head.slice(9, 12));
    this.#handlers?.head(status);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) {
      if (!/\r\ntransfer-encoding: *chunked/i.test(head)) {
        this.#socket.destroy(new Error(`an answer without an end: ${head}`));
        return data.length;
      }
      this.#state = "size";
    } else {
      this.#left = Number(length);
      this.#state = "length";
      if (this.#left === 0) this.#end();
    }
    return end + HEAD_END.length;
  }

  /** The size line of a chunk, with the line break that ends the chunk before it. */
  #readSize(data, at) {
    const from = data[at] === 13 ? at + 2 : at;
    const end = data.indexOf("\r\n", from);
    if (end === -1) return undefined;
    const size = Number.parseInt(data.latin1Slice(from, end), 16);
    if (size === 0) {
      if (data.length < end + 4) return undefined;
      this.#end();
      return end + 4;
    }
    this.#left = size;
    this.#state = "data";
    return end + 2;
  }
}
