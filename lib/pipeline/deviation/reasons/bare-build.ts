import type { Signature } from '@/lib/pipeline/baseline/signature'
import { isTask } from './by-hand'
import type { RiskReason } from './reason'
import { isScriptHost } from './script-parent'

/** Targets, properties, nodes: what builds by people and their tools are told beside the project. How loud or how wide to build says nothing of what. */
const BUILD_OPTION = / \/(?:t|target|p|property|nr|nodereuse|nodemode|restore|r)\b/

function isBare({ slug, pattern, features }: Signature): boolean {
  return (
    slug === 'msbuild.exe' &&
    pattern !== null &&
    features.identity?.startsWith('windows') === true &&
    !BUILD_OPTION.test(pattern)
  )
}

/** Who builds by a schedule, by a service or by an agent of deployment has written down what to build; only code that nobody wants seen is built so. */
const UNATTENDED_BITS = 3.5

function isUnattended(signature: Signature): boolean {
  return (
    isTask(signature) ||
    (signature.features.user?.startsWith('system') === true && !isScriptHost(signature.parentName))
  )
}

/**
 * MSBuild as Windows has it, given a project or nothing and no word on how to build: developers use their own kit's, and say what they want
 * (ATT&CK T1127.001). Weight: by hand; with a shell as parent it makes a deviation.
 */
export const bareBuild: RiskReason = {
  code: 'bare-build',
  words: "it builds with Windows' own MSBuild and says nothing of how",
  weight: 2,
  bits: (signature) => {
    if (!isBare(signature)) return 0
    return isUnattended(signature) ? UNATTENDED_BITS : 2
  },
}
