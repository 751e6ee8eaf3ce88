import { parseArgs } from 'node:util'
import { Failure } from './failure.mjs'
import { say } from './log.mjs'

/**
 * The arguments of a command that takes at most a file and flags; `--help` prints how it is used and ends it. Without packages: commands are read
 * before they are installed.
 * @param {string} usage "npm run backup -- FILE"
 * @param {{ flags?: readonly string[] }} [known]
 * @returns {{ file: string | undefined, flags: ReadonlySet<string> }}
 * @throws Failure for an option that is not known, or more than one file
 */
export function readArguments(usage, { flags = [] } = {}) {
  const options = Object.fromEntries(
    ['help', ...flags].map((name) => [name, { type: /** @type {const} */ ('boolean') }]),
  )
  const { values, positionals } = parse(usage, options)
  if (values['help']) {
    say(`Usage: ${usage}`)
    process.exit(0)
  }
  if (positionals.length > 1) throw new Failure(`One file at a time: ${usage}`)
  return { file: positionals[0], flags: new Set(Object.keys(values)) }
}

/** @param {string} usage @param {Record<string, { type: 'boolean' }>} options */
function parse(usage, options) {
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch (error) {
    throw new Failure(`${/** @type {Error} */ (error).message.split('. ')[0]}. Usage: ${usage}`, {
      cause: error,
    })
  }
}
