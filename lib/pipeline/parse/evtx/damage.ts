/** Thrown inside the reader where bytes make no sense; `read-chunk` turns it into a Rejection. */
export class Damage extends Error {}

/** What is wrong with the bytes. Anything but Damage and RangeError (an offset that leads outside the chunk) is a bug and thrown on. */
export function damageText(error: unknown): string {
  if (error instanceof Damage) return error.message
  if (error instanceof RangeError) return 'it points outside its chunk'
  throw error
}
