import type { Signature } from '@/lib/pipeline/baseline/signature'
import { isExternalValue } from '@/lib/pipeline/baseline/trait/destination-trait'
import type { RiskFact } from '@/lib/pipeline/catalogue/tools/tool-use'
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

/** The command line says that it goes out, or hands an address on to a browser. */
const SAID: readonly RiskFact[] = ['remote-url', 'own-url', 'download', 'webdav-visit', 'opens-file']

/** Makers of Windows and of certificates: whatever checks a signature or reports on Windows asks them. */
const HOUSEKEEPING = new Set(
  (
    'microsoft.com windows.com windowsupdate.com msftconnecttest.com msftncsi.com digicert.com verisign.com globalsign.com ' +
    'globalsign.net sectigo.com comodoca.com usertrust.com entrust.net lencr.org identrust.com amazontrust.com godaddy.com'
  ).split(' '),
)

function isTelling(value: string): boolean {
  return isExternalValue(value) && !HOUSEKEEPING.has(value.slice(0, value.indexOf(':')))
}

/** Windows' own telemetry, which is there to report. */
function reportsForWindows({ parentName, target, facts }: Signature): boolean {
  return parentName === 'compattelrunner.exe' && target?.class === 'system' && facts.length === 0
}

/** It talked to the outside, and nothing in its command line says that it should. Weight: by hand, below a web address in the command line. */
export const externalConnection: RiskReason = {
  code: 'external-connection',
  words: 'it connected to the outside, which it has no business to',
  weight: 3,
  about: 'destination',
  bits: (signature) => {
    const { slug, traits, facts } = signature
    if (!NO_BUSINESS.has(slug) || SAID.some((fact) => facts.includes(fact))) return 0
    if (reportsForWindows(signature)) return 0
    return traits.destination?.some(isTelling) ? 3 : 0
  },
}
