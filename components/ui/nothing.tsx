/** Where a table's cell has nothing to say. */
export function Nothing() {
  return <span className="text-muted">–</span>
}
