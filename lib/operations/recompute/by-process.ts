/** What belongs to each process, by `HOST_ID ANCHOR_ID`. */
export function byProcess<Row extends { hostId: number; anchorId: string }>(
  all: readonly Row[],
): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of all) {
    const key = `${row.hostId} ${row.anchorId}`
    const rows = found.get(key)
    if (rows) rows.push(row)
    else found.set(key, [row])
  }
  return found
}
