import { isShellValue } from '@/lib/pipeline/baseline/trait/child-trait'
import type { RiskReason } from './reason'

/** Starting programs is what they are for, or what their installers and consoles do all day. */
const STARTERS = new Set([
  ...['wscript.exe', 'cscript.exe', 'msiexec.exe', 'mmc.exe', 'msbuild.exe', 'dfsvc.exe'],
  // scripts of the group policy and of the management agent
  ...['gpscript.exe', 'agentexecutor.exe'],
  // has a shell do something to each file that it found
  'forfiles.exe',
])

/** A proxy binary started a shell: the command it was made to run. Weight: as launching a program by the command line, which it repeats. */
export const childShell: RiskReason = {
  code: 'child-shell',
  words: 'it started a shell or script',
  weight: 2.5,
  about: 'child',
  bits: ({ slug, traits, facts }) => {
    if (facts.includes('launches-command') || !traits.child?.some(isShellValue)) return 0
    return STARTERS.has(slug) ? 0.5 : 2.5
  },
}
