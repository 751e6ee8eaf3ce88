import type { Signature } from '@/lib/pipeline/baseline/signature'
import type { RiskReason } from './reason'

/** Servers of pages and names: what they are asked to do they do themselves. */
const PAGES = /^(?:w3wp|httpd|nginx|php-cgi|tomcat\d{0,2}|dns|lsass)\.exe$/
const DATABASES = /^(?:sqlservr|mysqld|postgres)\.exe$/
/** IIS compiles pages on their first visit. */
const COMPILERS = new Set(['csc.exe', 'vbc.exe'])
/** What an uploaded page or an injected query is given to type into. */
const SHELLS = new Set(['cmd.exe', 'powershell.exe', 'pwsh.exe'])

function isServer(name: string): boolean {
  return PAGES.test(name) || DATABASES.test(name)
}

/** A server that answers others started it: how uploaded pages and injected queries run commands (ATT&CK T1505). Weight: by hand, as launching a program. */
export const serverParent: RiskReason = {
  code: 'server-parent',
  words: 'a web, database or directory server started it',
  weight: 4,
  about: 'parent',
  bits: ({ parentName, slug }) => (isServer(parentName ?? '') && !COMPILERS.has(slug) ? 4 : 0),
}

/** Name of what started the shell that started it; empty where none did. */
function behindShell({ parentName, features }: Signature): string {
  return SHELLS.has(parentName ?? '') ? (features.lineage?.split(' @ ', 1)[0] ?? '') : ''
}

/** The same through a shell, which is how uploaded pages run what they are asked to (ATT&CK T1505.003). Weight: as without the shell. */
export const webShell: RiskReason = {
  code: 'web-shell',
  words: 'a web or directory server started the shell that started it',
  weight: 4,
  about: 'parent',
  bits: (signature) => (PAGES.test(behindShell(signature)) ? 4 : 0),
}

/** The same of databases. A circumstance: their administrators have them clean up after themselves that way. */
export const serverShell: RiskReason = {
  code: 'server-shell',
  words: 'a database server started the shell that started it',
  weight: 4,
  circumstance: true,
  about: 'parent',
  bits: (signature) => (DATABASES.test(behindShell(signature)) ? 4 : 0),
}
