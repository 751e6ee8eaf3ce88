import { describe, expect, test } from 'vitest'
import { CATALOGUE } from '@/lib/pipeline/catalogue/catalogue'
import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'
import type { ToolUse } from '@/lib/pipeline/catalogue/tools/tool-use'
import { SINGLE_FEATURES } from './features'
import { type ExecutionFields, toSignature } from './to-signature'
import { UNREPORTED } from './trait/traits'

function entryOf(slug: string): CatalogueEntry {
  const entry = CATALOGUE.find((one) => one.slug === slug)
  if (entry === undefined) throw new Error(`${slug} is not in the catalogue`)
  return entry
}

const SYSTEM32 = 'C:\\Windows\\System32'
const USE: ToolUse = {
  mode: 'export',
  target: { class: 'system', extension: 'dll', name: 'printui.dll' },
  pattern: 'rundll32 system\\printui.dll,printuientry',
  shape: 'rundll32|export|system|dll',
  facts: [],
  hosted: null,
  parts: [],
}

function fields(traits: Partial<ExecutionFields> = {}): ExecutionFields {
  return {
    entry: entryOf('rundll32.exe'),
    image: `${SYSTEM32}\\rundll32.exe`,
    originalFileName: 'RUNDLL32.EXE',
    parentImage: `${SYSTEM32}\\svchost.exe`,
    parentCommandLine: `${SYSTEM32}\\svchost.exe -k netsvcs -p -s Schedule`,
    grandparentImage: `${SYSTEM32}\\services.exe`,
    user: 'NT AUTHORITY\\SYSTEM',
    userSid: 'S-1-5-18',
    integrityLevel: 'system',
    ...traits,
  }
}

function signature(traits: Partial<ExecutionFields> = {}, use: ToolUse | null = USE) {
  return toSignature(fields(traits), use)
}

describe('a signature', () => {
  test('holds every feature in words without names of people or machines', () => {
    expect(signature().features).toEqual({
      pattern: 'rundll32 system\\printui.dll,printuientry',
      shape: 'rundll32|export|system|dll',
      parent: 'svchost.exe @ system (schedule)',
      pair: 'svchost.exe @ system (schedule) > rundll32|export|system|dll',
      lineage: 'services.exe @ system > svchost.exe @ system (schedule) > rundll32.exe',
      user: 'system, system',
      identity: 'system',
      tool: 'rundll32.exe',
      habit: 'svchost.exe @ system (schedule) > rundll32 system\\printui.dll,printuientry',
    })
  })

  test('is the same for any user, letter case and number of a session', () => {
    const one = signature({ user: 'CORP\\anna', userSid: 'S-1-5-21-1-2-3-1001', integrityLevel: 'medium' })
    const other = signature({
      user: 'LAB\\bert',
      userSid: 'S-1-5-21-9-9-9-1999',
      integrityLevel: 'medium',
      image: `${SYSTEM32}\\RUNDLL32.EXE`,
    })
    expect(other).toEqual(one)
    const perUser = (name: string) =>
      signature({ parentCommandLine: `svchost.exe -k UnistackSvcGroup -s ${name}` }).id
    expect(perUser('WpnUserService_3f2a1')).toBe(perUser('WpnUserService_77bc0'))
  })

  test('has another id when anything in it differs', () => {
    const ids = [
      signature(),
      signature({ parentImage: null }),
      signature({ grandparentImage: null }),
      signature({ integrityLevel: 'high' }),
      signature({ image: 'C:\\Users\\anna\\rundll32.exe' }),
      signature({ originalFileName: 'calc.exe' }),
      signature({}, null),
      signature({}, { ...USE, facts: ['ordinal'] }),
      signature({}, { ...USE, hosted: 'printui.dll' }),
      signature({ image: `${SYSTEM32}\\run\u202edll32.exe` }),
      toSignature(fields(), USE, { ...UNREPORTED, module: [] }),
      toSignature(fields(), USE, { ...UNREPORTED, destination: [] }),
      toSignature(fields(), USE, { ...UNREPORTED, child: ['cmd.exe @ system'] }),
    ].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('leaves out what was not reported', () => {
    const silent = signature(
      {
        parentImage: null,
        parentCommandLine: null,
        grandparentImage: null,
        user: null,
        userSid: null,
        originalFileName: null,
      },
      null,
    )
    expect(SINGLE_FEATURES.filter((feature) => silent.features[feature] !== null)).toEqual([
      'identity',
      'tool',
    ])
    expect(silent).toMatchObject({ renamed: false, impostor: false, operatingSystemUse: false, facts: [] })
  })
})

describe('the identity', () => {
  test('tells a renamed tool and an impostor from the real one', () => {
    const renamed = signature({ image: 'C:\\Users\\anna\\AppData\\Local\\Temp\\update.exe' })
    expect(renamed).toMatchObject({ renamed: true, impostor: false, imageFolderExpected: false })
    expect(renamed.features.identity).toBe('user-temp, renamed')
    expect(signature({ originalFileName: 'calc.exe' })).toMatchObject({ renamed: false, impostor: true })
    expect(signature({ originalFileName: 'rundll32.exe.mui' })).toMatchObject({
      renamed: false,
      impostor: false,
    })
    expect(signature({ originalFileName: '-' })).toMatchObject({ renamed: false, impostor: false })
  })
})

describe('the parent', () => {
  test.each([
    ['C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE', null, 'winword.exe @ program-files'],
    [`${SYSTEM32}\\svchost.exe`, null, 'svchost.exe @ system'],
    [`${SYSTEM32}\\svchost.exe`, 'svchost.exe -k "netsvcs" -p', 'svchost.exe @ system (netsvcs)'],
    ['explorer.exe', 'explorer.exe -s x', 'explorer.exe @ bare'],
    ['C:\\', null, 'unnamed @ drive-root'],
    ['-', null, null],
    [' ', null, null],
  ])('%s with %s is %s', (parentImage, parentCommandLine, expected) => {
    expect(signature({ parentImage, parentCommandLine }).features.parent).toBe(expected)
  })

  test('of a generated name is the same for every generated name', () => {
    const parentOf = (name: string) =>
      signature({ parentImage: `C:\\Users\\anna\\AppData\\Local\\Temp\\${name}` }).features.parent
    expect(parentOf('is-8fj3k.tmp\\setup-20260102.exe')).toBe(parentOf('is-a01bc.tmp\\setup-20261130.exe'))
  })
})

describe('the user', () => {
  test.each([
    ['NT-AUTORITÄT\\SYSTEM', null, null, 'system'],
    ['CORP\\SRV01$', null, 'high', 'machine account, high'],
    ['CORP\\SRV01$', 'S-1-5-18', null, 'system'],
    ['NT AUTHORITY\\NETWORK SERVICE', null, 'system', 'network service, system'],
    ['IIS APPPOOL\\web', null, 'high', 'service account, high'],
    [null, 'S-1-5-80-1-2', null, 'service account'],
    ['CORP\\anna', 'S-1-5-21-1-2-3-1001', 'high', 'administrator, high'],
    ['CORP\\anna', null, null, 'standard user'],
    ['', null, null, 'standard user'],
  ])('%s with SID %s and integrity %s is %s', (user, userSid, integrityLevel, expected) => {
    expect(signature({ user, userSid, integrityLevel }).features.user).toBe(expected)
  })
})

describe('use by the operating system', () => {
  test('is its own launcher starting its own binary on its own file', () => {
    expect(signature().operatingSystemUse).toBe(true)
    expect(signature({}, { ...USE, target: null }).operatingSystemUse).toBe(true)
  })

  test.each<[string, Partial<ExecutionFields>, ToolUse | null]>([
    [
      'a task that runs a file of a user',
      {},
      { ...USE, target: { class: 'roaming', extension: 'dll', name: 'a.dll' } },
    ],
    ['a risky command line', {}, { ...USE, facts: ['inline-script'] }],
    [
      'a parent that bears a launcher’s name elsewhere',
      { parentImage: 'C:\\Users\\Public\\svchost.exe' },
      USE,
    ],
    ['a shell', { parentImage: `${SYSTEM32}\\cmd.exe` }, USE],
    ['a binary from elsewhere', { image: 'C:\\ProgramData\\rundll32.exe' }, USE],
    ['an unknown command line', {}, null],
  ])('is not %s', (_, traits, use) => {
    expect(signature(traits, use).operatingSystemUse).toBe(false)
  })
})
