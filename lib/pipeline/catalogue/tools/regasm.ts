import { readSingleTarget, type SingleTarget } from './single-target'
import type { ToolGrammar } from './tool-use'

const GRAMMAR: SingleTarget = {
  extensions: new Set(['dll', 'exe']),
  modeOf: (switches) =>
    switches.includes('/u') || switches.includes('/unregister') ? 'unregister' : 'register',
}

/** regasm: registers an assembly for COM; either way its registration functions run. */
export const regasm: ToolGrammar = {
  slugs: ['regasm.exe'],
  read: (line) => readSingleTarget(line, GRAMMAR),
  hosted: null,
}
