import { readSingleTarget, type SingleTarget } from './single-target'
import type { ToolGrammar } from './tool-use'

const GRAMMAR: SingleTarget = {
  extensions: new Set(['dll', 'exe']),
  modeOf: (switches) => (switches.includes('/u') ? 'unregister' : 'register'),
}

/** regsvcs: registers an assembly for COM+; either way its registration functions run. */
export const regsvcs: ToolGrammar = {
  slugs: ['regsvcs.exe'],
  read: (line) => readSingleTarget(line, GRAMMAR),
  hosted: null,
}
