import type { RiskReason } from './reason'

/** Folders that anybody can put programs in and nothing is installed to; temporary ones and Downloads are where set-up programs run. */
const PLANTED = / @ (?:public|windows-writable|recycle-bin|program-data-root)$/

/** What started it lies where programs are planted. Weight: by hand, less than if it ran a library from there itself. */
export const plantedParent: RiskReason = {
  code: 'planted-parent',
  words: 'a program in a folder that anybody can put programs in started it',
  weight: 3,
  about: 'parent',
  bits: ({ features }) => (PLANTED.test(features.parent ?? '') ? 3 : 0),
}
