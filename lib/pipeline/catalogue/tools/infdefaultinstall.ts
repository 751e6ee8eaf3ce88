import { readSingleTarget, type SingleTarget } from './single-target'
import type { ToolGrammar } from './tool-use'

const GRAMMAR: SingleTarget = { extensions: new Set(['inf']), modeOf: () => 'install' }

/** infdefaultinstall: runs the DefaultInstall section of an .inf. */
export const infdefaultinstall: ToolGrammar = {
  slugs: ['infdefaultinstall.exe'],
  read: (line) => readSingleTarget(line, GRAMMAR),
  hosted: null,
}
