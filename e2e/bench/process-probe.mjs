// Preloaded into every measured process: answers what it has used so far. All threads count.
process.on("message", (message) => {
  if (message?.probe === undefined) return;
  if (message.probe === "collected") globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send({ probe: { cpuUs: user + system, systemUs: system, rssBytes: process.memoryUsage.rss() } });
});
// The channel alone must not keep a process alive that is done.
process.channel?.unref();
