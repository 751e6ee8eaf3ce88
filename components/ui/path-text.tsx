/** A path or other long name in one line, shortened in the middle: its last part stays; selecting copies it whole. */
export function PathText({ path }: { path: string }) {
  const cut = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'))
  // a last part as long as this would not leave room for the rest
  const tail = path.length - cut > 60 ? path.slice(-30) : path.slice(Math.max(cut, 0))
  const head = path.slice(0, path.length - tail.length)
  return (
    <span title={path} className="inline-flex max-w-full align-bottom font-mono text-small">
      <span className="truncate whitespace-pre">{head}</span>
      <span className="shrink-0 whitespace-pre">{tail}</span>
    </span>
  )
}
