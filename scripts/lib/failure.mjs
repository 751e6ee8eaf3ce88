/** A failure that one sentence explains: what is wrong and what to do. It is printed without a stack. */
export class Failure extends Error {}

/**
 * The sentence for errors of the platform that a person can act on; others pass through unchanged.
 * @param {unknown} error
 */
export function explain(error) {
  if (error instanceof Failure) return error
  const { code, path } = /** @type {NodeJS.ErrnoException} */ (error)
  const where = path ? ` (at ${path})` : ''
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(where)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new Failure(
      `Cordon may not write here${where}: give this user the folder, or set CORDON_DATA to another one.`,
    )
  return error
}

/** @param {string} where */
export function diskFull(where = '') {
  return new Failure(`The disk is full${where}: free some space and start again; nothing stored is lost.`)
}

/** Says whether a program's output complains of a full disk. @param {string} output */
export function saysDiskFull(output) {
  return /ENOSPC|No space left on device/i.test(output)
}
