/** What runs beside a benchmark: scripts/lib/parts.mjs starts it and does what it is asked to. */
export type Part = 'postgres' | 'web' | 'worker'
type Order =
  | 'start'
  | 'kill'
  | 'stop'
  | 'killBackend'
  | 'stall'
  | 'goOn'
  | 'slow'
  | 'atFullSpeed'
  | 'fillDisk'
  | 'freeDisk'
  | 'hasEnded'
  | 'crashes'
  | 'memory'
type Reply = { id: number; value?: unknown; error?: string }

const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
let asked = 0

process.on('message', (message) => {
  const { id, value, error } = message as Reply
  const one = waiting.get(id)
  waiting.delete(id)
  if (waiting.size === 0) process.channel?.unref()
  if (error === undefined) one?.resolve(value)
  else one?.reject(new Error(error))
})

/** Has a part started, ended or looked at; answers what came of it. */
export async function order<T = unknown>(what: Order, part: Part = 'postgres'): Promise<T> {
  const id = ++asked
  // what starts our programs lets a finished one end: this one has not
  process.channel?.ref()
  return await new Promise<T>((resolve, reject) => {
    waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
    process.send?.({ id, order: what, part })
  })
}
