import { once } from "node:events";
import { createServer, request, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { followConnections } from "./connections";

test("a connection that never carried a request, one that did and one that does: all end, the last after its answer", async () => {
  let finish: ((response: ServerResponse) => void) | undefined;
  const held = new Promise<ServerResponse>((resolve) => {
    finish = resolve;
  });
  const server = createServer((message, response) => {
    if (message.url === "/slow") finish?.(response);
    else response.end("done");
  });
  const connections = followConnections(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");

  const opened = connect(address.port, "127.0.0.1");
  await once(server, "connection");
  const used = connect(address.port, "127.0.0.1");
  used.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  await once(used, "data");
  const slow = request({ port: address.port, host: "127.0.0.1", path: "/slow" }).end();
  const answered = once(slow, "response");
  const response = await held;

  const closed = once(server, "close");
  server.close();
  connections.closeWhenIdle();
  opened.resume();
  used.resume();
  await Promise.all([once(opened, "close"), once(used, "close")]);
  response.end("late");
  const [message] = await answered;
  expect((await message.setEncoding("utf8").toArray()).join("")).toBe("late");
  await closed;
});
