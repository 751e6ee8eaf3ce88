/** So long shippers' requests are read, all of them together, before pages have a turn. */
const SLICE_MS = 3

let began = 0
let next: Promise<void> | null = null

/**
 * Waited for between two records of a request: reading it is work of the thread that answers pages, and what has arrived of many requests would be read to its
 * end before a page's next step. Waits only once a slice is over; who waited longest goes on first.
 */
export function pagesFirst(): Promise<void> | void {
  if (performance.now() - began < SLICE_MS) return
  next ??= new Promise((resolve) => {
    setImmediate(() => {
      next = null
      began = performance.now()
      resolve()
    })
  })
  return next
}
