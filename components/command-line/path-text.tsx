import { CutInMiddle } from './cut-in-middle'

/** A path or other long name in one line, shortened in the middle: its last part stays. */
export function PathText({ path }: { path: string }) {
  const cut = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'))
  // a last part as long as this would not leave room for the rest
  const tail = path.length - cut > 60 ? path.slice(-30) : path.slice(Math.max(cut, 0))
  return (
    <CutInMiddle
      head={path.slice(0, path.length - tail.length)}
      tail={tail}
      className="font-mono text-small"
    />
  )
}
