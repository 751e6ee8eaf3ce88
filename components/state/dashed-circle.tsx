import { Circle } from 'lucide-react'

/** Lucide's CircleDashed of one circle in place of its eight arcs: long tables have one in most of their rows. Eight dashes, one of them on top. */
export function DashedCircle() {
  return <Circle aria-hidden strokeDasharray="3.82 4.034" strokeDashoffset={1.91} />
}
