import type { RiskReason } from './reason'

/** Its version resource says what it is, and its file name says otherwise. Weight: scoring method. */
export const renamedBinary: RiskReason = {
  code: 'renamed-binary',
  words: 'the binary ran under another name',
  weight: 6,
  about: 'identity',
  bits: (signature) => (signature.renamed ? 6 : 0),
}
