import type { RiskReason } from './reason'

/**
 * The management console started for another program to control: consoles people open carry a file instead.
 * Weight: by hand, as a network path, since it serves the same lateral movement (ATT&CK T1021.003).
 */
export const automationServer: RiskReason = {
  code: 'automation-server',
  words: 'it was started for another program to control, perhaps remotely',
  weight: 4,
  bits: ({ slug, mode }) => (slug === 'mmc.exe' && mode === 'embedding' ? 4 : 0),
}
