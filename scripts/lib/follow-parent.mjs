// Preloaded into everything we start: when the process that started it is killed, it ends too,
// so that no orphan keeps the port or works on the database beside its successor.
const GRACE_MS = 10_000

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), GRACE_MS).unref()
  process.kill(process.pid, 'SIGTERM')
})
// listening for the end must not keep a finished program alive
process.channel?.unref()
