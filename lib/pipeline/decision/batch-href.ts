/** Where decisions that were proposed together are listed, all of them on one page. */
export function batchHref(batchId: string): string {
  return `/decisions?batch=${batchId}&size=200`
}
