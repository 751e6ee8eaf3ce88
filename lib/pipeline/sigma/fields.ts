import type { SigmaCategory } from './rule'

/** Of the process: what Sysmon 1 reports, and what other sensors' records are read into. */
const PROCESS = [
  'Image',
  'OriginalFileName',
  'CommandLine',
  'CurrentDirectory',
  'ParentImage',
  'ParentCommandLine',
  'User',
  'IntegrityLevel',
  'LogonId',
  'Hashes',
  'md5',
  'sha1',
  'sha256',
  'Imphash',
] as const

/** Fields that events of a category have, by their names in Sigma's taxonomy. Rules that ask for others are told so. */
const FIELDS = {
  process_creation: PROCESS,
  image_load: [
    'Image',
    'ImageLoaded',
    'OriginalFileName',
    'Signed',
    'Signature',
    'SignatureStatus',
    'User',
    'Hashes',
    'md5',
    'sha1',
    'sha256',
    'Imphash',
  ],
  network_connection: [
    'Image',
    'User',
    'Protocol',
    'Initiated',
    'DestinationIp',
    'DestinationHostname',
    'DestinationPort',
  ],
  dns_query: ['Image', 'User', 'QueryName', 'QueryResults'],
} as const satisfies Record<SigmaCategory, readonly string[]>

/** The same things under the names of other sensors. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['newprocessname', 'image'],
  ['processcommandline', 'commandline'],
  ['parentprocessname', 'parentimage'],
  ['hash', 'hashes'],
])

const KNOWN = new Map<SigmaCategory, ReadonlySet<string>>()
for (const [category, fields] of Object.entries(FIELDS))
  KNOWN.set(category as SigmaCategory, new Set(fields.map((field) => field.toLowerCase())))

/** The name under which events of a category have a field; undefined = they have not. */
export function eventField(category: SigmaCategory, written: string): string | undefined {
  const lower = written.toLowerCase()
  const name = ALIASES.get(lower) ?? lower
  return KNOWN.get(category)?.has(name) ? name : undefined
}
