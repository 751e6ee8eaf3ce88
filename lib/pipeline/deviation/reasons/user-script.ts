import type { Signature } from '@/lib/pipeline/baseline/signature'
import { namesData } from '@/lib/pipeline/catalogue/tools/runs-nothing'
import type { PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import { BROWSERS, isKept, isMadeByHand, isOpenedByHand } from './by-hand'
import { isMakersOwn } from './makers'
import { isOwnTaskScript } from './own-script'
import type { RiskReason } from './reason'
import { isInstallerAction, isSetUp, isUnpacked } from './set-up'
import { isAssistant } from './well-known-use'

const CODE = new Set([
  ...[
    'js',
    'jse',
    'vbs',
    'vbe',
    'wsf',
    'wsh',
    'hta',
    'sct',
    'xsl',
    'chm',
    'msc',
    'ps1',
    'inf',
    'bat',
    'cmd',
    'rsp',
    'msi',
  ],
  ...['dll', 'ocx', 'cpl', 'exe', 'scr', 'proj', 'csproj', 'vbproj', 'xml', 'application', 'url', 'lnk'],
])

/** Where mail, browsers and archives put what arrives, and where what they started unpacks itself. */
const ARRIVALS: ReadonlySet<PathClass> = new Set([
  'downloads',
  'desktop',
  'documents',
  'user-temp',
  'temp',
  'roaming',
  'local',
  'user-profile',
  'drive-root',
])

/** Packages are downloaded and installed by people every day: from the desktop, or by a set-up program that unpacked them. */
const INSTALLED = new Set(['msiexec.exe'])
const PROJECTS = new Set(['proj', 'csproj', 'vbproj'])
const BY_HAND = new Set(['explorer.exe', 'msiexec.exe', 'setup.exe', 'install.exe', ...BROWSERS])

/** Code that software brings lies in its own folder; what users are sent does not. Weight: by hand, on top of the folder's. */
export const userScript: RiskReason = {
  code: 'user-script',
  words: "what it runs is code in a user's own folder",
  weight: 1,
  bits: (signature) =>
    isArrival(signature) &&
    !isSetUp(signature) &&
    !isOwn(signature) &&
    !isMakersOwn(signature) &&
    !isExplained(signature)
      ? 1
      : 0,
}

function isArrival(signature: Signature): boolean {
  const { slug, mode, target, facts, parentName } = signature
  return (
    target !== null &&
    ARRIVALS.has(target.class) &&
    CODE.has(target.extension ?? '') &&
    !namesData(slug, mode) &&
    !facts.includes('user-product-folder') &&
    !facts.includes('build-folder') &&
    !(INSTALLED.has(slug) && (parentName === null || BY_HAND.has(parentName))) &&
    !(target.class === 'user-profile' && PROJECTS.has(target.extension ?? '')) &&
    !facts.includes('opens-file') &&
    !isInstallerAction(signature)
  )
}

/** Its place was explained by what it is part of. */
function isExplained(signature: Signature): boolean {
  const isManual = signature.slug === 'hh.exe' && isOpenedByHand(signature) && isKept(signature)
  return isManual || isUnpacked(signature) || isAssistant(signature) || isOwnTaskScript(signature)
}

/** A console or script on a desktop or among documents was made or put there by its user. */
function isOwn(signature: Signature): boolean {
  return isMadeByHand(signature) && (signature.target?.class === 'desktop' || isKept(signature))
}
