import type { CatalogueEntry } from '../entry'

/** macOS's own script host, the binary of CM0057. */
export const MACOS_ENTRIES: readonly CatalogueEntry[] = [
  {
    slug: 'osascript',
    name: 'osascript',
    kind: 'binary',
    tier: 'baseline',
    platform: 'macos',
    originalFileNames: [],
    paths: ['/usr/bin/osascript'],
    description:
      'Runs AppleScript and JavaScript for Automation, from a file or from the command line itself.',
    legitimateUse:
      'Management agents, installers and in-house automation; scripts should come from an approved list of signing developers.',
    functions: ['Execute'],
    attack: ['T1059.002'],
    countermeasures: ['CM0057'],
    namedInMission: false,
  },
]
