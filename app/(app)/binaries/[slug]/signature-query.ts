/** The executions page takes at most a hundred values a filter. */
export const MAX_LINKED_SIGNATURES = 100

/** `&signature=…` for each. */
export function signatureQuery(signatures: readonly string[]): string {
  return signatures.map((id) => `&signature=${id}`).join('')
}
