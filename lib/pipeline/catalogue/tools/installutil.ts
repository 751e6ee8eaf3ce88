import { readSingleTarget, type SingleTarget } from './single-target'
import type { ToolGrammar } from './tool-use'

const GRAMMAR: SingleTarget = {
  extensions: new Set(['dll', 'exe']),
  modeOf: (switches) =>
    switches.includes('/u') || switches.includes('/uninstall') ? 'uninstall' : 'install',
}

/** installutil: runs the installers inside an assembly; /u runs their uninstall part. */
export const installutil: ToolGrammar = {
  slugs: ['installutil.exe'],
  read: (line) => readSingleTarget(line, GRAMMAR),
}
