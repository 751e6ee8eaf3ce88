import type { RiskReason } from './reason'

/** Programs that Windows elevates without asking, and that start what a user's own registry names (ATT&CK T1548.002). */
const ELEVATING = new Set([
  'fodhelper.exe',
  'computerdefaults.exe',
  'sdclt.exe',
  'eventvwr.exe',
  'wsreset.exe',
  'slui.exe',
  'changepk.exe',
])

const OWN_CONSOLE = /^mmc .{0,64}eventvwr\.msc/

/** A program that Windows elevates without asking started it: none of them has anything but the event viewer's console to start. Weight: by hand. */
export const elevatingParent: RiskReason = {
  code: 'elevating-parent',
  words: 'a program that Windows elevates without asking started it',
  weight: 4,
  about: 'parent',
  bits: ({ parentName, pattern }) =>
    parentName !== null && ELEVATING.has(parentName) && pattern !== null && !OWN_CONSOLE.test(pattern)
      ? 4
      : 0,
}
