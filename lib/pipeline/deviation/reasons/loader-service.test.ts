import { describe, expect, test } from 'vitest'
import { scored } from '@/fixtures/detection/score-lines'

describe('a loader that Windows starts by itself', () => {
  test.each([
    String.raw`rundll32.exe ¦ rundll32.exe "C:\Program Files\Vendor\agent.dll",Run ¦ services.exe ¦ SYSTEM`,
    String.raw`rundll32.exe ¦ rundll32.exe C:\Windows\System32\spool\drivers\x64\3\mon6.dll,Init ¦ services.exe ¦ SYSTEM`,
    String.raw`regsvr32.exe ¦ regsvr32.exe /s "C:\Program Files\Vendor\agent.dll" ¦ services.exe ¦ SYSTEM`,
    String.raw`regasm.exe ¦ RegAsm.exe /U "C:\Program Files\Vendor\agent.dll" ¦ svchost.exe ¦ SYSTEM`,
    String.raw`regsvcs.exe ¦ regsvcs.exe "C:\Program Files\Vendor\agent.dll" ¦ svchost.exe ¦ SYSTEM ¦ svchost.exe -k netsvcs -p -s Schedule`,
  ])('%s', (line) => {
    expect(scored(line).codes).toContain('loader-service')
  })

  test.each([
    String.raw`rundll32.exe ¦ rundll32.exe C:\Windows\system32\nvsvc.dll,nvsvcStart ¦ services.exe ¦ SYSTEM`,
    String.raw`rundll32.exe ¦ rundll32.exe C:\Windows\System32\spool\drivers\x64\3\mon6.dll,Init ¦ spoolsv.exe ¦ SYSTEM`,
    String.raw`rundll32.exe ¦ rundll32.exe "C:\Program Files\Vendor\agent.dll",Run ¦ svchost.exe ¦ SYSTEM`,
    String.raw`regasm.exe ¦ RegAsm.exe /codebase "C:\Program Files\Vendor\agent.dll" ¦ msiexec.exe ¦ SYSTEM`,
  ])('but not %s', (line) => {
    expect(scored(line).codes).not.toContain('loader-service')
  })
})

test("what lies in a product's folder of a profile weighs most where Windows itself has it loaded", () => {
  const bits = (parent: string) =>
    scored(
      String.raw`rundll32.exe ¦ rundll32.exe "C:\Users\ann\AppData\Local\Microsoft\Office\16.0\Sync.dll",Run ¦ ${parent}`,
    ).bits
  expect(bits('svchost.exe')).toBeGreaterThan(bits('app.exe@C:\\Program Files\\App\\app.exe'))
  expect(bits('services.exe')).toBeGreaterThan(bits('explorer.exe'))
})
