import type { RiskReason } from './reason'

const COMPILERS = new Set(['csc.exe', 'vbc.exe', 'jsc.exe'])
/** Interpreters and loaders that have no use for a compiler of their own; PowerShell and builds compile all day. */
const LOADERS = new Set([
  'wscript.exe',
  'cscript.exe',
  'mshta.exe',
  'rundll32.exe',
  'regsvr32.exe',
  'hh.exe',
  'wmiprvse.exe',
])

/** A script or a loaded library compiles what it is about to run (ATT&CK T1027.004). Weight: by hand, as a user's temporary folder. */
export const scriptCompiler: RiskReason = {
  code: 'script-compiler',
  words: 'a script or a library compiles code as it runs',
  weight: 3,
  bits: ({ slug, parentName }) => (COMPILERS.has(slug) && LOADERS.has(parentName ?? '') ? 3 : 0),
}
