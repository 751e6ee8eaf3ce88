import type { PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import { BROWSERS } from './by-hand'
import { SCRIPT_OPENERS } from './loaders'
import type { RiskReason } from './reason'

const OPENING = 'wscript.exe'
/** Kinds of script that people neither write nor keep: what is opened of them by hand was sent to them. */
const SENT = new Set(['js', 'jse', 'vbe', 'wsh'])
/** Kinds that teams make little applications of, which lie where tools are kept. */
const MADE = new Set(['hta', 'wsf'])
/** Where mail, browsers, archives and mounted images put what arrives. */
const ARRIVALS: ReadonlySet<PathClass> = new Set(['downloads', 'desktop', 'user-temp', 'temp', 'drive-root'])
/** Where people click: the desktop, the list of downloads, attachments, archives. */
const CLICKED_IN = new Set([
  'explorer.exe',
  ...BROWSERS,
  ...['outlook.exe', 'olk.exe', 'thunderbird.exe', '7zfm.exe', 'winrar.exe', 'winzip64.exe', 'winzip32.exe'],
])

/** Its user opened a script of a kind that arrives by mail or web (ATT&CK T1204.002). Weight: by hand, half of a web address's. */
export const clickedScript: RiskReason = {
  code: 'clicked-script',
  words: 'its user opened a kind of script that nobody makes by hand',
  weight: 2,
  bits: ({ slug, parentName, target }) => {
    if (target === null || !SCRIPT_OPENERS.has(slug)) return 0
    const extension = target.extension ?? ''
    // by the host with windows, which is what opening starts; by whom is not reported
    if (parentName === null)
      return slug === OPENING && SENT.has(extension) && ARRIVALS.has(target.class) ? 1 : 0
    if (!CLICKED_IN.has(parentName)) return 0
    return SENT.has(extension) || (MADE.has(extension) && ARRIVALS.has(target.class)) ? 2 : 0
  },
}
