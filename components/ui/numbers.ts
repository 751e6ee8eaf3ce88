const THIN_SPACE = '\u2009'
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** 1204 → '1 204', with thin spaces; takes the decimal text of a 64-bit count as well. */
export function formatNumber(value: number | bigint | string): string {
  // most cells hold small ones, and Intl takes twenty times as long over them
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1000) return String(value)
  const exact = typeof value === 'string' ? BigInt(value) : value
  return grouped.format(exact).replaceAll(',', THIN_SPACE)
}

/** 5044 → '5k', where a narrow place has no room for more; below a thousand exact. */
export function formatBriefly(value: number): string {
  return value < 1000 ? formatNumber(value) : `${formatNumber(Math.floor(value / 1000))}k`
}

/** 0.1234 → '12.3 %'; anything between nothing and all never reads 0 or 100. */
export function formatShare(share: number): string {
  const percent = share * 100
  if (percent > 0 && percent < 0.1) return `<${THIN_SPACE}0.1${THIN_SPACE}%`
  if (percent < 100 && percent > 99.9) return `>${THIN_SPACE}99.9${THIN_SPACE}%`
  return `${percent.toFixed(Number.isInteger(percent) ? 0 : 1)}${THIN_SPACE}%`
}

/** Thousandths of a bit: 4012 → '4.0 bits'. */
export function formatBits(millibits: number): string {
  return `${(millibits / 1000).toFixed(1)} bits`
}

/** Bytes in powers of 1000, three digits: 1234567 → '1.23 MB'. */
export function formatBytes(bytes: number): string {
  let size = bytes
  let unit = 0
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000
    unit++
  }
  const digits = unit === 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2
  return `${size.toFixed(digits)}${THIN_SPACE}${UNITS[unit]}`
}

/** '3 hosts', '1 host'. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatNumber(count)} ${count === 1 ? singular : plural}`
}
