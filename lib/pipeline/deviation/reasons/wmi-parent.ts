import type { RiskReason } from './reason'

const WMI = new Set(['wmiprvse.exe', 'scrcons.exe', 'wsmprovhost.exe', 'winrshost.exe'])

/** A remote-management host started it: administrators do so too, hence the middling weight of the scoring method. */
export const wmiParent: RiskReason = {
  code: 'wmi-parent',
  words: 'it was started through WMI or remote management',
  weight: 2.5,
  bits: ({ parentName }) => (parentName !== null && WMI.has(parentName) ? 2.5 : 0),
}
