import type { RiskReason } from './reason'

/** Targets, properties, nodes: what builds by people and their tools are told beside the project. How loud or how wide to build says nothing of what. */
const BUILD_OPTION = / \/(?:t|target|p|property|nr|nodereuse|nodemode|restore|r)\b/

/**
 * MSBuild as Windows has it, given a project or nothing and no word on how to build: developers use their own kit's, and say what they want
 * (ATT&CK T1127.001). Weight: by hand; with a shell as parent it makes a deviation.
 */
export const bareBuild: RiskReason = {
  code: 'bare-build',
  words: "it builds with Windows' own MSBuild and says nothing of how",
  weight: 2,
  bits: ({ slug, pattern, features }) =>
    slug === 'msbuild.exe' &&
    pattern !== null &&
    features.identity?.startsWith('windows') === true &&
    !BUILD_OPTION.test(pattern)
      ? 2
      : 0,
}
