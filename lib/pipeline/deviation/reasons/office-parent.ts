import type { RiskReason } from './reason'

const OFFICE = new Set([
  'winword.exe',
  'excel.exe',
  'powerpnt.exe',
  'outlook.exe',
  'msaccess.exe',
  'mspub.exe',
  'onenote.exe',
  'onenotem.exe',
  'visio.exe',
  'winproj.exe',
  'eqnedt32.exe',
  'wordpad.exe',
  'acrord32.exe',
  'acrobat.exe',
])

/** A document started it. Weight: scoring method. */
export const officeParent: RiskReason = {
  code: 'office-parent',
  words: 'an office application started it',
  weight: 5,
  bits: ({ parentName }) => (parentName !== null && OFFICE.has(parentName) ? 5 : 0),
}
