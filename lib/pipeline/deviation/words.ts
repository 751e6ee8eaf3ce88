import { FEATURES, type Feature } from '@/lib/pipeline/baseline/features'
import { type Signature, subjectOf } from '@/lib/pipeline/baseline/signature'
import type { PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import { DESCENT } from './descent'
import { EPISODE } from './episode'
import { parentWords } from './parent-words'
import { RISK_REASONS } from './reasons/registry'
import { sigmaRuleOf } from './reasons/sigma'
import { noveltyCode, SEEN_ELSEWHERE } from './score-signature'

/** What people read instead of codes. */

export const FEATURE_WORDS: Readonly<Record<Feature, string>> = {
  pattern: 'command pattern',
  shape: 'kind of use',
  parent: 'parent',
  pair: 'parent with this kind of use',
  lineage: 'lineage',
  user: 'kind of user',
  identity: 'folder and name of the binary',
  tool: 'binary on this host',
  module: 'module loaded',
  destination: 'destination on the network',
  child: 'program started by it',
  habit: 'use by this parent',
}

const RULING_WORDS: ReadonlyMap<string, string> = new Map([
  ['ruled-expected', 'a person ruled it expected'],
  ['ruled-test', 'a person ruled it an authorised test'],
  ['ruled-malicious', 'a person ruled it malicious'],
])

const REASON_WORDS: ReadonlyMap<string, string> = new Map([
  ...RISK_REASONS.map(({ code, words }) => [code, words] as const),
  ...FEATURES.map((feature) => [noveltyCode(feature), `unusual ${FEATURE_WORDS[feature]}`] as const),
  ...RULING_WORDS,
  [DESCENT, 'a deviation started it'],
  [EPISODE, 'something else stood out on the host within the hour'],
  [SEEN_ELSEWHERE, 'other hosts showed it before'],
])

/** A reason's code in words; a code that is no longer known stays as it is. `ruleTitle`: of the Sigma rule that it is of. */
export function reasonWords(code: string, ruleTitle?: string): string {
  if (ruleTitle !== undefined) return `Sigma: ${ruleTitle}`
  if (sigmaRuleOf(code) !== null) return 'Sigma: a rule that is no longer here'
  return REASON_WORDS.get(code) ?? code
}

const PATH_CLASS_WORDS: Readonly<Record<PathClass, string>> = {
  system: 'from the system folder',
  windows: 'from the Windows folder',
  'windows-writable': 'from a Windows folder that any user can write to',
  'program-files': 'from Program Files',
  'program-data': 'from ProgramData',
  'program-data-root': 'from the root of ProgramData',
  'user-temp': "from a user's temporary folder",
  temp: 'from a temporary folder',
  downloads: "from a user's Downloads folder",
  desktop: "from a user's desktop",
  documents: "from a user's Documents folder",
  roaming: "from a user's roaming profile",
  local: "from a user's local application data",
  startup: 'from a Startup folder',
  'user-profile': "from a user's profile",
  public: 'from the Public folder',
  'root-folder': 'from an unusual folder of the drive',
  'drive-root': 'from the root of a drive',
  unc: 'from a network share',
  webdav: 'from a WebDAV share',
  url: 'from the web',
  'alternate-data-stream': 'from an alternate data stream',
  'recycle-bin': 'from the recycle bin',
  'shadow-copy': 'from a shadow copy',
  device: 'from a device path',
  'shell-object': 'among the shell objects',
  relative: 'by a relative path',
  bare: 'by its bare name',
  'unix-system': 'from the system',
  'unix-application': 'from an application',
  'unix-temp': 'from a temporary folder',
  'unix-home': "from a user's home",
  'unix-other': 'from another folder',
}

const EXTENSION_WORDS: ReadonlyMap<string, string> = new Map([
  ['dll', 'a DLL'],
  ['ocx', 'an ActiveX control'],
  ['cpl', 'a control panel item'],
  ['exe', 'a program'],
  ['hta', 'an HTML application'],
  ['htm', 'an HTML page'],
  ['html', 'an HTML page'],
  ['chm', 'a help file'],
  ['sct', 'a scriptlet'],
  ['js', 'a script'],
  ['jse', 'a script'],
  ['vbs', 'a script'],
  ['vbe', 'a script'],
  ['wsf', 'a script'],
  ['ps1', 'a script'],
  ['bat', 'a batch file'],
  ['cmd', 'a batch file'],
  ['xsl', 'a style sheet with script'],
  ['msi', 'an installer package'],
  ['msp', 'an installer patch'],
  ['inf', 'a set-up file'],
  ['msc', 'a console'],
  ['csproj', 'a project'],
  ['proj', 'a project'],
  ['sln', 'a solution'],
  ['xml', 'an XML file'],
])

/** What a tool does with its target; the others only receive it. */
const VERBS: ReadonlyMap<string, string> = new Map([
  ['rundll32.exe', 'ran'],
  ['regsvr32.exe', 'registered'],
  ['msiexec.exe', 'installed'],
  ['msbuild.exe', 'built'],
  ['mshta.exe', 'ran'],
  ['wscript.exe', 'ran'],
  ['cscript.exe', 'ran'],
  ['hh.exe', 'opened'],
  ['mmc.exe', 'opened'],
  ['control.exe', 'opened'],
  ['installutil.exe', 'ran'],
  ['regasm.exe', 'registered'],
  ['regsvcs.exe', 'registered'],
  ['cmstp.exe', 'installed'],
  ['mavinject.exe', 'injected'],
  ['osascript', 'ran'],
])

/** "ran a DLL from a user's Downloads folder". */
export function targetWords(slug: string, target: { class: PathClass; extension: string | null }): string {
  const extension = target.extension
  const thing = extension === null ? 'a file' : (EXTENSION_WORDS.get(extension) ?? `a .${extension} file`)
  return `${VERBS.get(slug) ?? 'was given'} ${thing} ${PATH_CLASS_WORDS[target.class]}`
}

/** The value of the shape feature with a target, 'rundll32|export|system|dll', as what the tool did; null where it says something else. */
export function shapeWords(slug: string, shape: string): string | null {
  const [, , pathClass = '', extension = '-'] = shape.split('|')
  if (!isPathClass(pathClass)) return null
  return targetWords(slug, { class: pathClass, extension: extension === '-' ? null : extension })
}

/** What the value of a feature says of the binary's use, in words: "svchost.exe (schedule) ran a DLL from the system folder"; null where the value reads by itself. */
export function valueWords(slug: string, feature: Feature, value: string): string | null {
  if (feature === 'shape') return shapeWords(slug, value)
  const [parent, shape] = feature === 'pair' ? value.split(' > ') : []
  const use = shape === undefined ? null : shapeWords(slug, shape)
  return parent === undefined || use === null ? null : `${parentWords(parent)} ${use}`
}

function isPathClass(text: string): text is PathClass {
  return Object.hasOwn(PATH_CLASS_WORDS, text)
}

/** What ran without a command line, in words: its folder alone says nothing of it. */
export function folderWords(slug: string, folder: string): string {
  return `${slug} (no command line; folder: ${folder})`
}

/** What a signature is about, as lists of deviations name it. */
export function subjectWords(signature: Signature): string {
  const { slug, pattern, features } = signature
  const { value } = subjectOf(signature)
  return pattern === null && value === features.identity ? folderWords(slug, value) : value
}
