import { readSingleTarget, type SingleTarget } from './single-target'
import type { ToolGrammar } from './tool-use'

const GRAMMAR: SingleTarget = {
  extensions: new Set(['dll', 'exe']),
  modeOf: (switches) =>
    switches.includes('/u') || switches.includes('/uninstall') ? 'uninstall' : 'install',
}

/** Its log is a file beside the assembly, and what it shows: installers keep one of them. */
const NO_LOG = /^[-/]logfile=$/i
const QUIET = /^[-/]logtoconsole=false$/i

/** installutil: runs the installers inside an assembly; /u runs their uninstall part. */
export const installutil: ToolGrammar = {
  slugs: ['installutil.exe'],
  read: (line) => {
    const reading = readSingleTarget(line, GRAMMAR)
    const silent =
      line.args.some(({ value }) => NO_LOG.test(value)) && line.args.some(({ value }) => QUIET.test(value))
    return silent ? { ...reading, facts: [...reading.facts, 'leaves-no-log'] } : reading
  },
  hosted: null,
}
