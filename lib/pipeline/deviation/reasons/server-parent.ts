import type { Signature } from '@/lib/pipeline/baseline/signature'
import type { RiskReason } from './reason'

/** Servers of pages and databases: what they are asked to do they do themselves. */
const SERVERS = /^(?:w3wp|httpd|nginx|php-cgi|tomcat\d{0,2}|sqlservr|mysqld|postgres|dns|lsass)\.exe$/
/** IIS compiles pages on their first visit. */
const COMPILERS = new Set(['csc.exe', 'vbc.exe'])
/** What an uploaded page or an injected query is given to type into. */
const SHELLS = new Set(['cmd.exe', 'powershell.exe', 'pwsh.exe'])

function isServer(name: string | null | undefined): boolean {
  return name !== null && name !== undefined && SERVERS.test(name)
}

/** A server that answers others started it: how uploaded pages and injected queries run commands (ATT&CK T1505). Weight: by hand, as launching a program. */
export const serverParent: RiskReason = {
  code: 'server-parent',
  words: 'a web, database or directory server started it',
  weight: 4,
  about: 'parent',
  bits: ({ parentName, slug }) => (isServer(parentName) && !COMPILERS.has(slug) ? 4 : 0),
}

function isBehindShell({ parentName, features }: Signature): boolean {
  return SHELLS.has(parentName ?? '') && isServer(features.lineage?.split(' @ ', 1)[0])
}

/**
 * The same through a shell, which is how most of them run commands. A circumstance: database administrators have their server clean up after itself that way. Weight: as
 * without the shell.
 */
export const serverShell: RiskReason = {
  code: 'server-shell',
  words: 'a web, database or directory server started the shell that started it',
  weight: 4,
  circumstance: true,
  about: 'parent',
  bits: (signature) => (isBehindShell(signature) ? 4 : 0),
}
