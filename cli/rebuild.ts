import { finishWork, queueRebuild } from '@/lib/operations/recompute/recompute'
import { runCommand } from '@/lib/operations/run-command'

/** `npm run rebuild`: recomputes baselines, scores and deviations from the stored executions. */
await runCommand(async (pool) => {
  await queueRebuild(pool)
  await finishWork(pool, ({ hosts, from }) => {
    if (from)
      process.stderr.write(`computing ${from}: ${hosts} ${hosts === 1 ? 'host waits' : 'hosts wait'}\n`)
  })
  process.stderr.write('Baselines, scores and deviations are up to date.\n')
})
