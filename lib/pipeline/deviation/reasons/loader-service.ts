import type { Signature } from '@/lib/pipeline/baseline/signature'
import { ASSEMBLY_LOADERS, LOADERS } from './loaders'
import type { RiskReason } from './reason'

const ALSO = new Set(['msbuild.exe', 'mshta.exe'])

/** Printers' drivers lie in System32 and are none of Windows' own; the spooler loads them, and no service of theirs does. */
const PRINTERS = /^(?:rundll32|regsvr32)(?: \/\S{1,16}){0,4} <system>\\spool\\drivers\\/

function isWindowsOwn({ target, pattern }: Signature): boolean {
  return target?.class === 'system' && !PRINTERS.test(pattern ?? '')
}

/** A library that is to be a service has svchost for its host: whoever registers rundll32 wants it run once, with the system's rights. */
function serviceBits(signature: Signature): number {
  const { slug } = signature
  if (slug === 'rundll32.exe') return isWindowsOwn(signature) ? 0 : 3.5
  if (slug === 'regsvr32.exe') return isWindowsOwn(signature) ? 0 : 1.5
  return LOADERS.has(slug) || ALSO.has(slug) ? 2.5 : 0
}

/**
 * A service whose program is a loader of libraries or assemblies, or builds, is none that somebody wrote as a service (ATT&CK T1543.003); assemblies are
 * registered once, by whoever installs them, and not by a task (T1218.009). Weight: by hand; of nine libraries that services of seven written fleets had rundll32
 * load two were everyday, and it is no rare tool by itself; less of regsvr32, which everyday services are seen with.
 */
export const loaderService: RiskReason = {
  code: 'loader-service',
  words: 'a service or a task runs it, and it is no program of either',
  weight: 3.5,
  about: 'parent',
  bits: (signature) => {
    if (signature.parentName === 'services.exe') return serviceBits(signature)
    return signature.parentName === 'svchost.exe' && ASSEMBLY_LOADERS.has(signature.slug) ? 1.5 : 0
  },
}
