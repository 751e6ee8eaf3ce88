import type { Signature } from '@/lib/pipeline/baseline/signature'
import { isAbused } from './abused-tool'
import type { RiskReason } from './reason'

/** Part of everyday use: Windows, Office, drivers or deployment start them on any host. */
const EVERYDAY = [
  'rundll32.exe',
  'msiexec.exe',
  'regsvr32.exe',
  'cmd.exe',
  'powershell.exe',
  'explorer.exe',
  'conhost.exe',
  'findstr.exe',
  'sc.exe',
  'msedge.exe',
  'msedgewebview2.exe',
  'teams.exe',
  'update.exe',
  'onedrivestandaloneupdater.exe',
  'code.exe',
  'winword.exe',
  'excel.exe',
  'powerpnt.exe',
  'outlook.exe',
  'dfsvc.exe',
  'ngen.exe',
  'mpcmdrun.exe',
  'gpscript.exe',
  'wuauclt.exe',
  'ie4uinit.exe',
  'unregmp2.exe',
  'runonce.exe',
] as const

/** Used by administrators, developers and some installers. */
const OCCASIONAL = [
  'wscript.exe',
  'cscript.exe',
  'wmic.exe',
  'certutil.exe',
  'mmc.exe',
  'control.exe',
  'csc.exe',
  'vbc.exe',
  'msbuild.exe',
  'netsh.exe',
  'reg.exe',
  'regedit.exe',
  'schtasks.exe',
  'expand.exe',
  'pnputil.exe',
  'fsutil.exe',
  'mofcomp.exe',
  'verclsid.exe',
  'atbroker.exe',
  'osascript',
  'dotnet.exe',
  'ftp.exe',
] as const

/** Hardly anything legitimate starts them. */
const RARE = [
  'mshta.exe',
  'cmstp.exe',
  'odbcconf.exe',
  'infdefaultinstall.exe',
  'regsvcs.exe',
  'presentationhost.exe',
  'xwizard.exe',
  'pcalua.exe',
  'pcwrun.exe',
  'forfiles.exe',
  'bitsadmin.exe',
  'syncappvpublishingserver.exe',
  'scriptrunner.exe',
  'cdb.exe',
  'ntsd.exe',
  'diskshadow.exe',
] as const

const RARE_BITS = 2

/** Bits by tool. Range from the scoring method; the order is by hand. */
const BITS: ReadonlyMap<string, number> = new Map([
  ...EVERYDAY.map((slug) => [slug, 0] as const),
  ...OCCASIONAL.map((slug) => [slug, 0.5] as const),
  ...RARE.map((slug) => [slug, RARE_BITS] as const),
])

const UNLISTED_BITS = 1

/** Windows runs what a person started in another mode: everyday on hosts with old programs. */
const COMPATIBILITY_BITS = 0.5
const COMPATIBILITY = new Set(['pcalua.exe', 'pcwrun.exe'])

function isCompatibility({ slug, parentName, features }: Signature): boolean {
  return (
    COMPATIBILITY.has(slug) &&
    (parentName === 'explorer.exe' || features.parent?.endsWith('(pcasvc)') === true)
  )
}

/** Scripts of a group policy, from the domain's own share. */
const POLICY_BITS = 0.5

function isPolicyScript({ features, facts }: Signature): boolean {
  return features.parent === 'gpscript.exe @ system' && facts.includes('domain-share')
}

/** How seldom the tool is needed on a managed host at all. */
export const rareTool: RiskReason = {
  code: 'rare-tool',
  words: 'the binary is rarely needed',
  weight: RARE_BITS,
  circumstance: true,
  bits: (signature) => {
    if (isAbused(signature.slug)) return 0
    if (isPolicyScript(signature)) return POLICY_BITS
    return isCompatibility(signature) ? COMPATIBILITY_BITS : (BITS.get(signature.slug) ?? UNLISTED_BITS)
  },
}
