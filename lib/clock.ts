/** The present, read in one place: what depends on it takes it as an argument. */
export function now(): Date {
  return new Date()
}

/** The present day in UTC, 'YYYY-MM-DD'. */
export function today(): string {
  return now().toISOString().slice(0, 10)
}
