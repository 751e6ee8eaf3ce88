import type { Signature } from '@/lib/pipeline/baseline/signature'
import type { RiskReason } from './reason'

/** Servers of pages and names: what they are asked to do they do themselves. */
const PAGES =
  /^(?:w3wp|httpd|lighttpd|nginx|caddy|php-cgi|coldfusion|tomcat\d{0,2}|ws_tomcatservice|umworkerprocess|dns|lsass)\.exe$/
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

/** Name of the grandparent; empty where it is not known. */
function grandparentOf({ features }: Signature): string {
  return features.lineage?.split(' @ ', 1)[0] ?? ''
}

function behindShell(signature: Signature): boolean {
  return SHELLS.has(signature.parentName ?? '')
}

/** Where nothing is installed: what a server runs from there was brought to it. */
const BROUGHT = / @ (?:public|temp|user-temp|windows-writable|program-data-root|root-folder|recycle-bin)$/

/**
 * The same through a shell, which is how uploaded pages run what they are asked to (ATT&CK T1505.003), or through a program that was brought along, as those are that
 * make the server's account that of the machine. Weight: as without it.
 */
export const webShell: RiskReason = {
  code: 'web-shell',
  words: 'a web or directory server started the shell, or a program that was brought to it, that started it',
  weight: 4,
  about: 'parent',
  bits: (signature) =>
    PAGES.test(grandparentOf(signature)) &&
    (behindShell(signature) || BROUGHT.test(signature.features.parent ?? ''))
      ? 4
      : 0,
}

/** The same of databases. A circumstance: their administrators have them clean up after themselves that way. */
export const serverShell: RiskReason = {
  code: 'server-shell',
  words: 'a database server started the shell that started it',
  weight: 4,
  circumstance: true,
  about: 'parent',
  bits: (signature) => (behindShell(signature) && DATABASES.test(grandparentOf(signature)) ? 4 : 0),
}
