import type { RiskReason } from './reason'

/** It carries the tool's file name, but its version resource names another program. Weight: as the wrong folder, which it often shares. */
export const impostorBinary: RiskReason = {
  code: 'impostor-binary',
  words: 'another program ran under this name',
  weight: 4,
  about: 'identity',
  bits: (signature) => (signature.impostor ? 4 : 0),
}
