import { parentPort } from "node:worker_threads";
import { readDocument } from "./read-document.mjs";

// One document after the other; whoever gave it waits for it, and ends this thread when it takes too long.
parentPort?.on("message", async (task) => {
  parentPort?.postMessage(await readDocument(task).catch(() => ({ refused: "corrupt" })));
});
