type SparklineProps = {
  /** One value a step, oldest first. */
  values: readonly number[]
  /** What it shows, in words: '12 days, at most 40 runs a day'. */
  label: string
  width?: number
  height?: number
}

/** Bars in a table cell; the highest fills the height, any use at all is seen. */
export function Sparkline({ values, label, width = 96, height = 18 }: SparklineProps) {
  const most = Math.max(1, ...values)
  const step = width / Math.max(1, values.length)
  return (
    <svg role="img" aria-label={label} width={width} height={height} className="inline-block align-middle">
      <title>{label}</title>
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} stroke="var(--line)" />
      {values.map((value, index) => {
        const tall = value === 0 ? 0 : Math.max(2, (value / most) * (height - 1))
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
            key={index}
            x={index * step}
            y={height - tall}
            width={Math.max(1, step - 1)}
            height={tall}
            fill="var(--series-1)"
          />
        )
      })}
    </svg>
  )
}
