/** While pages are being answered, one of those who wait goes on each so long: shippers that send 64 KiB at a time have 3 MB a second among them. */
const STEP_MS = 20

type State = { underWay: number; waiting: (() => void)[]; steps: NodeJS.Timeout | null }
/** Of the process: a web server's handlers are built apart, and each have a module of their own of this. */
const holder = globalThis as { cordonPages?: State }
holder.cordonPages ??= { underWay: 0, waiting: [], steps: null }
const pages = holder.cordonPages

/** Notes that a page is being answered; what it answers is called when it was, once. */
export function beginPage(): () => void {
  pages.underWay++
  return () => {
    pages.underWay--
    if (pages.underWay === 0) letGo(pages.waiting.length)
  }
}

/** Waits until no page is being answered, or until it is one's turn among all who wait. */
export async function afterPages(): Promise<void> {
  if (pages.underWay === 0) return
  pages.steps ??= setInterval(() => letGo(1), STEP_MS)
  await new Promise<void>((resolve) => pages.waiting.push(resolve))
}

/** Lets those go on who waited longest. */
function letGo(many: number): void {
  for (const goOn of pages.waiting.splice(0, many)) goOn()
  if (pages.waiting.length > 0 || pages.steps === null) return
  clearInterval(pages.steps)
  pages.steps = null
}
