import type { PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import type { RiskReason } from './reason'

const SCRIPTS = new Set(['js', 'jse', 'vbs', 'vbe', 'wsf', 'wsh', 'hta', 'sct', 'xsl', 'chm'])

/** Where mail, browsers and archives put what arrives. */
const ARRIVALS: ReadonlySet<PathClass> = new Set([
  'downloads',
  'desktop',
  'documents',
  'user-temp',
  'roaming',
  'local',
  'user-profile',
])

/** Scripts that software brings lie in its own folder; those that users are sent do not. Weight: by hand, on top of the folder's. */
export const userScript: RiskReason = {
  code: 'user-script',
  words: "what it runs is a script in a user's own folder",
  weight: 1,
  bits: ({ target }) =>
    target !== null && ARRIVALS.has(target.class) && SCRIPTS.has(target.extension ?? '') ? 1 : 0,
}
