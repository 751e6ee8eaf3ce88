import type { RiskReason } from './reason'

/** Its path is written to be misread: right-to-left marks, invisible or look-alike letters. Weight: as in a command line. */
export const deceptiveName: RiskReason = {
  code: 'deceptive-name',
  words: "the binary's name holds characters that deceive the eye",
  weight: 4,
  bits: (signature) => (signature.deceptiveName ? 4 : 0),
}
