import { readSingleTarget, type SingleTarget } from './single-target'
import type { ToolGrammar } from './tool-use'

function modeOf(switches: readonly string[]): string {
  if (switches.includes('/u')) return 'uninstall'
  return switches.includes('/s') || switches.includes('/ns') ? 'silent-install' : 'install'
}

const GRAMMAR: SingleTarget = { extensions: new Set(['inf']), modeOf }

/** cmstp: installs a connection profile; its .inf can run commands and fetch scriptlets. */
export const cmstp: ToolGrammar = {
  slugs: ['cmstp.exe'],
  read: (line) => readSingleTarget(line, GRAMMAR),
  hosted: null,
}
