import type { RiskReason } from './reason'

/** The binary ran from a folder where it is never installed. Weight: scoring method. */
export const wrongFolder: RiskReason = {
  code: 'wrong-folder',
  words: 'the binary ran from a folder where it does not belong',
  weight: 4,
  bits: (signature) => (signature.imageFolderExpected === false ? 4 : 0),
}
