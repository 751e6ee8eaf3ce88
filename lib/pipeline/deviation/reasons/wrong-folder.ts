import type { RiskReason } from './reason'

/** Packages and build agents bring their own builders, below the folders of sources and users. */
const BUILD_TOOLS = new Set(['msbuild.exe', 'csc.exe', 'vbc.exe', 'vstest.console.exe', 'dotnet.exe'])
const BUILD_PLACES = /^(?:root-folder|user-profile|local)$/

/** Only administrators put files there: another edition's place, more often than a copy that hides. */
const KEPT_BY_ADMINISTRATORS = /^(?:system|program-files)$/

/** The binary ran from a folder where it is never installed. Weight: scoring method. */
export const wrongFolder: RiskReason = {
  code: 'wrong-folder',
  words: 'the binary ran from a folder where it does not belong',
  weight: 4,
  about: 'identity',
  bits: ({ slug, imageFolderExpected, features }) => {
    if (imageFolderExpected !== false) return 0
    if (KEPT_BY_ADMINISTRATORS.test(features.identity ?? '')) return 2
    return BUILD_TOOLS.has(slug) && BUILD_PLACES.test(features.identity ?? '') ? 1 : 4
  },
}
