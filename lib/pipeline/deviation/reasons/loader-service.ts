import { EVERYDAY_LOADERS, LOADERS } from './loaders'
import type { RiskReason } from './reason'

const ALSO = new Set(['msbuild.exe', 'mshta.exe'])

/**
 * A service whose program is a loader of libraries or assemblies, or builds, is none that somebody wrote as a service (ATT&CK T1543.003). Weight: by hand, as
 * remote management; less of the two that everyday services are seen with.
 */
export const loaderService: RiskReason = {
  code: 'loader-service',
  words: 'it is run as a service, and is none',
  weight: 2.5,
  about: 'parent',
  bits: ({ parentName, slug, target }) => {
    if (parentName !== 'services.exe') return 0
    if (EVERYDAY_LOADERS.has(slug)) return target?.class === 'system' ? 0 : 1.5
    return LOADERS.has(slug) || ALSO.has(slug) ? 2.5 : 0
  },
}
