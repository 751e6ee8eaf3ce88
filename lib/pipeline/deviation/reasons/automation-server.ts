import type { RiskReason } from './reason'

/** Programs for people to look at; Windows itself does not drive them through COM. */
const SERVERS = new Set(['mmc.exe', 'mshta.exe'])

/**
 * The management console or a HTML application host started for another program to control: what people open carries a file instead.
 * Weight: by hand, as a network path, since it serves the same lateral movement (ATT&CK T1021.003).
 */
export const automationServer: RiskReason = {
  code: 'automation-server',
  words: 'it was started for another program to control, perhaps remotely',
  weight: 4,
  bits: ({ slug, mode }) => (SERVERS.has(slug) && mode === 'embedding' ? 4 : 0),
}
