import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyCharacter } from '@/fixtures/any-character'
import { faultsOf } from '@/fixtures/faithful-reading'
import { readToolUse } from './read-tool-use'

const SLUGS = [
  ...['schtasks.exe', 'reg.exe', 'netsh.exe', 'ntdsutil.exe', 'dsdbutil.exe', 'esentutl.exe', 'wbadmin.exe'],
  ...['mpcmdrun.exe', 'cmdkey.exe', 'expand.exe', 'extrac32.exe', 'makecab.exe', 'diantz.exe', 'bcp.exe'],
  'xsd.exe',
]
const LINE_LENGTH = 32_768

function factsOf(slug: string, line: string): readonly string[] {
  return readToolUse(slug, line, slug)?.facts ?? []
}

describe('any command line of the tools of administration', () => {
  const words = fc.constantFrom(
    ...['"', '\\', '/', '-', ' ', ',', '.', ':', '=', "'", '^', '\0', '\u202e', '%temp%', '..\\', '\\"'],
    ...[
      '/create ',
      '/tr ',
      '/xml ',
      '/tn ',
      'add ',
      'save ',
      'HKLM\\',
      'SYSTEM',
      '/v ',
      '/d ',
      'Run',
      '/ve ',
    ],
    ...['interface ', 'portproxy ', 'v4tov4', '-c ', '-f ', '-r ', 'program=', 'dir=in ', 'action=allow '],
    ...['ifm ', 'create full ', 'delete ', 'catalog', '-include:', '/pass:', '/y ', 'queryout ', 'cmd /c '],
    ...['powershell ', '-enc ', '-c ', '-file ', 'C:\\Users\\Public\\a.exe', 'userinit.exe,', '\\0'],
  )
  const shaped = fc.array(words, { maxLength: 24 }).map((all) => all.join(''))

  test('is read without an error, with spans inside it, facts of the vocabulary and a bounded pattern', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SLUGS),
        fc.oneof(shaped, fc.string({ unit: anyCharacter })),
        (slug, line) => {
          const use = readToolUse(slug, line, slug)
          expect(use === null ? [] : faultsOf(line, use)).toEqual([])
        },
      ),
      { numRuns: 3000 },
    )
  })

  test.each(SLUGS)('%s: 32 kB of anything is read and marked as cut', (slug) => {
    const heads = ['x ', 'x add HKLM\\x\\microsoft\\windows\\currentversion\\run /d ', 'x /create /tr "']
    const units = [
      'a',
      '"',
      '\\',
      '/a ',
      '1.',
      'a@',
      ',a',
      "'",
      '\\"',
      'a b=',
      '/tr ',
      'cmd /c ',
      'ifm c f ',
      '\\0a',
    ]
    for (const head of [
      ...heads,
      'x add "HKLM\\currentcontrolset\\control\\lsa" /v "security packages" /d "',
    ])
      for (const unit of units) {
        const line = head + unit.repeat(LINE_LENGTH / unit.length)
        expect(readToolUse(slug, line, 'x.exe')?.facts).toContain('truncated')
      }
  })
})

describe('no secret is kept in a pattern', () => {
  test.each([
    ['schtasks.exe', 'schtasks /create /s a /u b /p hunter2 /ru c /rp hunter2 /tn d /tr notepad.exe'],
    ['cmdkey.exe', 'cmdkey /add:a /user:b /pass:hunter2'],
    ['netsh.exe', 'netsh -r a -u b -p hunter2 interface show interface'],
    ['netsh.exe', 'netsh wlan set hostednetwork ssid=a key=hunter2'],
    ['netsh.exe', 'netsh wlan set hostednetwork mode = allow ssid = a key = Hunter2Pass'],
    ['netsh.exe', 'netsh wlan set hostednetwork allow a Hunter2Pass'],
    ['netsh.exe', 'netsh wlan set hostednetwork allow a ke =Hunter2Pass'],
    ['netsh.exe', 'netsh "wlan set hostednetwork allow a Hunter2Pass"'],
    ['netsh.exe', 'netsh advfirewall consec add rule name=a auth1psk=Hunter2Pass'],
    ['netsh.exe', 'netsh advfirewall consec add rule name=a auth1psk= Hunter2Pass'],
    ['netsh.exe', 'netsh ras set a secret=Hunter2Pass'],
    ['netsh.exe', 'netsh wlan set profileparameter name=a keymaterial=Hunter2Pass'],
    ['cmdkey.exe', 'cmdkey /add:a /user:b /pass Hunter2Pass'],
    ['cmdkey.exe', 'cmdkey /add:a /user:b /pass: Hunter2Pass'],
    ['cmdkey.exe', 'cmdkey /add:a /user:b /pass -Hunter2Pass'],
    ['wbadmin.exe', 'wbadmin enable backup -user a -password Hunter2Pass'],
    ['wbadmin.exe', 'wbadmin enable backup -user a -password: Hunter2Pass'],
    ['reg.exe', 'reg add HKLM\\a /v AdminPassword /d hunter2'],
    ['wbadmin.exe', 'wbadmin enable backup -user:a -password:hunter2'],
    ['bcp.exe', 'bcp a out b.csv -U c -P hunter2'],
    ['bcp.exe', 'bcp a out b.csv -Uc -Phunter2'],
  ])('%s: %s', (slug, line) => {
    expect(readToolUse(slug, line, slug)?.pattern).not.toContain('hunter2')
  })
})

describe('quotes and abbreviations hide nothing', () => {
  test.each([
    ['schtasks /create /tn a /tr "\\"C:\\Users\\Public\\a b\\c.exe\\" x"', 'public-folder'],
    ['schtasks /create /tn a /tr "\'C:\\Users\\Public\\a b\\c.exe\' x"', 'public-folder'],
    ['schtasks /create /tn a /tr "C:\\Users\\Public\\a b\\c.exe x"', 'public-folder'],
    ['schtasks -create -tn a -tr C:\\Us^ers\\Public\\c.exe', 'public-folder'],
    ['schtasks /create /tn a /tr "C:\\Windows\\explorer.exe C:\\Users\\Public\\c.exe"', 'public-folder'],
    ['schtasks /create /tn a /tr "cmd /c \'C:\\Users\\Public\\c.bat\'"', 'public-folder'],
    ['schtasks /change /tn "\\Vendor\\a" /tr "%PUBLIC%\\c.exe"', 'public-folder'],
    ['schtasks /create /tn a /tr "powershell -c \\"& \'C:\\Users\\Public\\a.ps1\'\\""', 'public-folder'],
    ['schtasks /create /tn a /tr "powershell -c \\"& C:\\Windows\\a.ps1; calc\\""', 'launches-command'],
  ])('%s shows %s', (line, fact) => {
    expect(factsOf('schtasks.exe', line)).toContain(fact)
  })

  test.each([
    ['netsh int portp a v4 listenport=1 connectaddress=b', 'forwards-ports'],
    ['netsh "interface portproxy" add v4tov4 1 b 2', 'forwards-ports'],
    ['netsh interface portproxy set v4tov4 1 b 2', 'forwards-ports'],
    ['netsh fire set opm dis', 'weakens-defence'],
    ['netsh advf set currentp state off', 'weakens-defence'],
    ['netsh "advf set currentp state off"', 'weakens-defence'],
    ['netsh "advf f a r name = a di = in ac = al prog = C:\\Users\\Public\\a.exe"', 'opens-firewall'],
  ])('%s shows %s', (line, fact) => {
    expect(factsOf('netsh.exe', line)).toContain(fact)
  })

  test.each([
    ['reg save hklm\\sam a'],
    ['reg save "HKEY_LOCAL_MACHINE\\SAM" a'],
    ['reg save HKLM\\\\SAM a'],
    ['reg save hkl"m\\secu"rity a'],
    ['reg save \\\\.\\HKLM\\SAM\\SAM a'],
    ['reg export HKLM\\SAM a.reg'],
  ])('%s copies secrets', (line) => {
    expect(factsOf('reg.exe', line)).toContain('copies-secrets')
  })
})
