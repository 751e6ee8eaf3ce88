import type { RiskReason } from './reason'
import { registersProvider } from './well-known-use'

/** Known mostly from attacks. Set-up and support tools of other products and old Windows; no managed host needs them. */
const ABUSED = new Set([
  'mavinject.exe',
  'ieexec.exe',
  'msxsl.exe',
  'microsoft.workflow.compiler.exe',
  'register-cimprovider.exe',
  'certoc.exe',
  'rcsi.exe',
  'csi.exe',
  'te.exe',
  'runscripthelper.exe',
  'ttdinject.exe',
  'tttracer.exe',
  'dnx.exe',
  'extexport.exe',
])

/** Whether attackers are nearly the only ones to run it. */
export function isAbused(slug: string): boolean {
  return ABUSED.has(slug)
}

/** That it runs at all says something. Weight: top of the scoring method's range for rare tools. */
export const abusedTool: RiskReason = {
  code: 'abused-tool',
  words: 'the binary is known mostly from attacks',
  weight: 3,
  // App-V injects its own library wherever it is installed; packages register their own providers
  bits: (signature) => {
    const { slug, mode, facts } = signature
    const isOwnUse = (mode === 'inject' && !facts.includes('injects-code')) || registersProvider(signature)
    return isAbused(slug) && !isOwnUse ? 3 : 0
  },
}
