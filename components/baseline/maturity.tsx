type MaturityProps = {
  /** 1 − ν: 0 = nothing known, towards 1 = mature. */
  value: number
}

/** How much of the judgement rests on the host's own past, in percent and as a bar. */
export function Maturity({ value }: MaturityProps) {
  const percent = Math.round(value * 100)
  const hint = `${percent} % of the judgement rests on the host's own past, the rest on its group and the fleet`
  return (
    <span title={hint} className="inline-flex items-center gap-1.5">
      <span aria-hidden className="inline-block h-1.5 w-10 rounded-sm bg-line">
        <span className="block h-full rounded-sm bg-[var(--series-1)]" style={{ width: `${percent}%` }} />
      </span>
      <span>{percent} %</span>
    </span>
  )
}
