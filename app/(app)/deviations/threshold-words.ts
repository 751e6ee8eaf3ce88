/** 5234 → '5.3 bits': rounded up, so that nothing at the number said is hidden. */
export function bitsText(millibits: number): string {
  return `${(Math.ceil(millibits / 100) / 10).toFixed(1)} bits`
}

/** 0.234 → '0.2', 12.4 → '12'. */
export function dayRateText(perDay: number): string {
  return perDay >= 10 ? String(Math.round(perDay)) : perDay.toFixed(1)
}
