/** The present, read in one place: what depends on it takes it as an argument. */
export function now(): Date {
  return new Date()
}
