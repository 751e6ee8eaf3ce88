import type { RiskReason } from './reason'

/** Servers of pages and databases: what they are asked to do they do themselves. */
const SERVERS = /^(?:w3wp|httpd|nginx|php-cgi|tomcat\d{0,2}|sqlservr|mysqld|postgres|dns|lsass)\.exe$/
/** IIS compiles pages on their first visit. */
const COMPILERS = new Set(['csc.exe', 'vbc.exe'])

/** A server that answers others started it: how uploaded pages and injected queries run commands (ATT&CK T1505). Weight: by hand, as launching a program. */
export const serverParent: RiskReason = {
  code: 'server-parent',
  words: 'a web, database or directory server started it',
  weight: 4,
  bits: ({ parentName, slug }) =>
    parentName !== null && SERVERS.test(parentName) && !COMPILERS.has(slug) ? 4 : 0,
}
