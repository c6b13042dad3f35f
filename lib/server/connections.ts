import type { Server } from "node:http";
import type { Socket } from "node:net";

export type Connections = {
  /** Closes what carries no request now, and every other connection as soon as its answer is out. */
  closeWhenIdle(): void;
};

/**
 * Follows a server's connections. `server.closeIdleConnections()` does not do: it spares those that never carried a
 * request (Node counts them as busy until the header time-out), and browsers and HTTP clients open such ones in advance.
 */
export function followConnections(server: Server): Connections {
  const requests = new Map<Socket, number>();
  let isClosing = false;

  server.on("connection", (socket) => {
    requests.set(socket, 0);
    socket.once("close", () => requests.delete(socket));
  });
  server.on("request", ({ socket }, response) => {
    requests.set(socket, (requests.get(socket) ?? 0) + 1);
    response.once("close", () => {
      const left = (requests.get(socket) ?? 1) - 1;
      if (requests.has(socket)) requests.set(socket, left);
      if (isClosing && left === 0) socket.destroySoon();
    });
  });
  return {
    closeWhenIdle: () => {
      isClosing = true;
      for (const [socket, running] of requests) if (running === 0) socket.destroy();
    },
  };
}
