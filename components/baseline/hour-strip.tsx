const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

/** Hours of the day (UTC) in which something ran; bit h of the mask = hour h. */
export function HourStrip({ mask }: { mask: number }) {
  const label = hourWords(mask)
  return (
    <svg role="img" aria-label={label} width={96} height={12} className="inline-block align-middle">
      <title>{label}</title>
      <path d={barsOf(~mask)} fill="var(--line)" />
      <path d={barsOf(mask)} fill="var(--series-1)" />
    </svg>
  )
}

/** A bar for each hour that is set. One shape for all of them: a page has hundreds of strips. */
function barsOf(mask: number): string {
  return HOURS.reduce((path, hour) => (isSet(mask, hour) ? `${path}M${hour * 4} 0h3v12h-3z` : path), '')
}

/** 0b1110 → '3 hours of the day, UTC: 01–03'. */
export function hourWords(mask: number): string {
  const set = HOURS.filter((hour) => isSet(mask, hour))
  const ranges: [number, number][] = []
  for (const hour of set) {
    const last = ranges.at(-1)
    if (last && last[1] === hour - 1) last[1] = hour
    else ranges.push([hour, hour])
  }
  const words = ranges.map(([from, to]) => (from === to ? pad(from) : `${pad(from)}–${pad(to)}`))
  return `${set.length} ${set.length === 1 ? 'hour' : 'hours'} of the day, UTC: ${words.join(', ')}`
}

function isSet(mask: number, hour: number): boolean {
  return (mask & (1 << hour)) !== 0
}

function pad(hour: number): string {
  return String(hour).padStart(2, '0')
}
