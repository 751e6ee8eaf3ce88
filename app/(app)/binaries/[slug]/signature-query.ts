/** `&signature=…` for each. */
export function signatureQuery(signatures: readonly string[]): string {
  return signatures.map((id) => `&signature=${id}`).join('')
}

/** The same for all with one parent and one command pattern of a binary, as KindsOfUse. */
export function kindsQuery(entryId: number, parent: string, pattern: string): string {
  return `&signature=${entryId}.${parent}.${pattern}`
}
