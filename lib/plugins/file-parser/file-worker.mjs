import { parentPort } from "node:worker_threads";
import { loadReader, readDocument } from "./read-document.mjs";

// One document after the other; whoever gave it waits for it, and ends this thread when it takes too long. The time that
// it takes to load what reads it is not the document's.
parentPort?.on("message", async (task) => {
  await loadReader(task.kind);
  parentPort?.postMessage("begun");
  parentPort?.postMessage(await readDocument(task).catch(() => ({ refused: "corrupt" })));
});
