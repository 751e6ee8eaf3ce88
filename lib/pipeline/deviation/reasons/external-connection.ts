import { isExternalValue } from '@/lib/pipeline/baseline/trait/destination-trait'
import type { RiskReason } from './reason'

/** Their own work needs no connection out of the network. Left out: those that fetch, install or update, and consoles. */
const NO_BUSINESS = new Set([
  'rundll32.exe',
  'regsvr32.exe',
  'regasm.exe',
  'regsvcs.exe',
  'installutil.exe',
  'cmstp.exe',
  'odbcconf.exe',
  'infdefaultinstall.exe',
  'mshta.exe',
  'wscript.exe',
  'cscript.exe',
  'hh.exe',
  'control.exe',
  'mavinject.exe',
  'verclsid.exe',
  'pcalua.exe',
  'forfiles.exe',
  'wmic.exe',
  'xwizard.exe',
  'presentationhost.exe',
  'msxsl.exe',
  'microsoft.workflow.compiler.exe',
])

/** It talked to the outside, and nothing in its command line says that it should. Weight: by hand, below a web address in the command line. */
export const externalConnection: RiskReason = {
  code: 'external-connection',
  words: 'it connected to the outside, which it has no business to',
  weight: 3,
  bits: ({ slug, traits, facts }) => {
    if (!NO_BUSINESS.has(slug) || facts.includes('remote-url') || facts.includes('download')) return 0
    return traits.destination?.some(isExternalValue) ? 3 : 0
  },
}
