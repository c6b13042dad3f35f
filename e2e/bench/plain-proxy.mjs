// What everything is measured against: the least that a gateway of node:http and undici can do. It reads the request,
// parses it, and passes the answer on as it comes.
import { createServer } from "node:http";
import { Pool } from "undici";

const pool = new Pool(process.env.UPSTREAM_URL, {
  connections: null,
  pipelining: 1,
  headersTimeout: 0,
  bodyTimeout: 0,
});

const server = createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    const body = Buffer.concat(parts);
    JSON.parse(body);
    pool
      .stream(
        {
          path: request.url,
          method: "POST",
          headers: { "content-type": "application/json", authorization: request.headers.authorization },
          body,
          opaque: response,
        },
        ({ statusCode, headers, opaque }) => {
          const passed = { "content-type": headers["content-type"] };
          if (headers["content-length"] !== undefined) passed["content-length"] = headers["content-length"];
          opaque.writeHead(statusCode, passed);
          return opaque;
        },
      )
      .catch(() => response.destroy());
  });
});

server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("disconnect", () => process.exit());
