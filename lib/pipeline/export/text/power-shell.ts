import { inertText } from './inert-text'

/** Windows PowerShell takes a file without it for the machine's code page, in which half a letter can be a quote. */
const BYTE_ORDER_MARK = '\ufeff'

/**
 * A script: what it does as comments (a line each, inert), strict about errors, then its lines. Needs an elevated PowerShell 5.1 or later.
 * `parameters`: a param block, which has to come before everything else.
 */
export function powerShellScript(
  about: readonly string[],
  lines: readonly string[],
  parameters?: string,
): string {
  const comments = about.map((line) => `# ${inertText(line)}`)
  const head = parameters === undefined ? [] : [parameters]
  const all = [
    ...comments,
    '#Requires -RunAsAdministrator',
    ...head,
    "$ErrorActionPreference = 'Stop'",
    '',
    ...lines,
  ]
  return `${BYTE_ORDER_MARK}${all.join('\r\n')}\r\n`
}
