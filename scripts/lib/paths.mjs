import path from 'node:path'

/** The checkout. */
export const ROOT = path.resolve(import.meta.dirname, '../..')

/** Everything Cordon keeps between starts lies here; CORDON_DATA moves it to another disk. */
export const DATA = path.resolve(ROOT, process.env.CORDON_DATA ?? '.cordon')

/** Compiled code; each build has a folder named for the hash of its sources. */
export const DIST = path.join(ROOT, 'dist')
