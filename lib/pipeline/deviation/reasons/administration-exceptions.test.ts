import { describe, expect, test } from 'vitest'
import { scored } from '@/fixtures/detection/score-lines'

const DEVIATION = 4

describe('what administrators and builds do is no deviation by itself, what looks like it is one', () => {
  test.each([
    [
      'a batch file registers a library of its own tree',
      String.raw`regsvr32.exe ¦ regsvr32 /s ..\..\tools\Coverage\Coverage.Driver.dll ¦ cmd.exe`,
      String.raw`regsvr32.exe ¦ regsvr32 /s ..\Driver.dll ¦ cmd.exe`,
    ],
    [
      'an assembly of its own tree',
      String.raw`regasm.exe ¦ RegAsm.exe /codebase ..\lib\Reader.dll ¦ cmd.exe`,
      String.raw`regasm.exe ¦ RegAsm.exe /codebase ..\Public\Reader.dll ¦ cmd.exe`,
    ],
    [
      "a page of settings of Windows' own, from a database's form",
      'rundll32.exe ¦ rundll32.exe shell32.dll,Control_RunDLL intl.cpl,,0 ¦ winword.exe',
      String.raw`rundll32.exe ¦ rundll32.exe shell32.dll,Control_RunDLL C:\ProgramData\intl.cpl,,0 ¦ winword.exe`,
    ],
    [
      'a collection of help files',
      String.raw`hh.exe ¦ hh.exe "C:\Program Files\Database\80\Tools\Books\Books.col" ¦ explorer.exe`,
      String.raw`hh.exe ¦ hh.exe "C:\Program Files\Database\80\Tools\Books\Books.dat" ¦ explorer.exe`,
    ],
  ])('%s', (_, everyday, alike) => {
    const [quiet, loud] = [scored(everyday), scored(alike)]
    expect(quiet.bits, quiet.codes.join(' ')).toBeLessThan(DEVIATION)
    expect(loud.bits, loud.codes.join(' ')).toBeGreaterThanOrEqual(DEVIATION)
  })
})

describe('what explains something makes it weigh less, what looks like it does not', () => {
  test.each([
    [
      'where the server of an agent is, that its package is told',
      String.raw`msiexec.exe ¦ msiexec /i C:\Temp\agent.msi SERVICEURL=https://agents.example/api /qn ¦ powershell.exe`,
      String.raw`msiexec.exe ¦ msiexec /i C:\Temp\agent.msi TRANSFORMS=https://agents.example/a.mst /qn ¦ powershell.exe`,
    ],
    [
      'the same beside an address that is no property',
      String.raw`msiexec.exe ¦ msiexec /i C:\Temp\agent.msi SERVICEURL=https://agents.example/api /qn ¦ powershell.exe`,
      String.raw`msiexec.exe ¦ msiexec /i C:\Temp\agent.msi SERVICEURL=https://agents.example/api https://agents.example/b.msi /qn ¦ powershell.exe`,
    ],
    [
      'a package on a share of a server of the network by its number',
      String.raw`msiexec.exe ¦ msiexec /i "\\10.2.0.15\apps\classroom.msi" /quiet ¦ powershell.exe`,
      String.raw`msiexec.exe ¦ msiexec /i "\\203.0.113.9\apps\classroom.msi" /quiet ¦ powershell.exe`,
    ],
    [
      'a shell, in place of a script that was opened, has a loader run what anybody could have put there',
      String.raw`regsvr32.exe ¦ regsvr32 /s C:\Users\ann\AppData\Local\Temp\update.dll ¦ cmd.exe`,
      String.raw`regsvr32.exe ¦ regsvr32 /s C:\Users\ann\AppData\Local\Temp\update.dll ¦ wscript.exe`,
    ],
  ])('%s', (_, explained, alike) => {
    expect(scored(explained).bits).toBeLessThan(scored(alike).bits)
  })

  test('a script of administrators that registers what was installed weighs as a shell does', () => {
    const line = String.raw`regsvr32.exe ¦ regsvr32 /s "C:\Program Files\Archive\Template.dll"`
    expect(scored(`${line} ¦ wscript.exe`)).toEqual(scored(`${line} ¦ cmd.exe`))
  })
})
