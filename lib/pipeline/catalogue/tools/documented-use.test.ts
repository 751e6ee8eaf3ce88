import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('documented uses of tools without a grammar of their own', () => {
  test.each([
    [
      'wuauclt.exe',
      'wuauclt.exe /UpdateDeploymentProvider C:\\Temp\\a.dll /RunHandlerComServer',
      ['launches-program', 'temp-folder'],
    ],
    [
      'wuauclt.exe',
      'wuauclt.exe /UpdateDeploymentProvider UpdateDeploymentProvider.dll /ClassId 4b2ee4d2-cd8e-4e35-8a20-6b0a7a6bfaf5 /RunHandlerComServer',
      [],
    ],
    ['runonce.exe', 'runonce.exe /AlternateShellStartup', ['launches-program']],
    ['runonce.exe', 'runonce.exe /Explorer', []],
    ['xwizard.exe', 'xwizard RunWizard {00000001-0000-0000-0000-0000FEEDACDC}', ['com-class']],
    ['atbroker.exe', 'ATBroker.exe /start narrator', []],
    ['atbroker.exe', 'ATBroker.exe /start "osk"', []],
    ['atbroker.exe', 'ATBroker.exe /start narratorx', ['launches-command']],
    ['fsutil.exe', 'fsutil.exe trace decode', ['launches-program']],
    ['fsutil.exe', 'fsutil behavior set SymlinkEvaluation R2L:1', ['weakens-defence']],
    ['fsutil.exe', 'fsutil behavior query SymlinkEvaluation', []],
    [
      'tracker.exe',
      'Tracker.exe /a /d "C:\\Program Files\\Build Tools\\FileTracker64.dll" /i D:\\a /c cl.exe @a.rsp',
      [],
    ],
    ['tracker.exe', 'Tracker.exe /d FileTracker.dll /c cl.exe @a.rsp', []],
    [
      'tracker.exe',
      'Tracker.exe /d .\\a.dll /c C:\\Windows\\write.exe FileTracker.dll',
      ['launches-program'],
    ],
    ['diskshadow.exe', 'diskshadow.exe delete shadows all', ['deletes-backups']],
    ['diskshadow.exe', 'diskshadow.exe', []],
    ['msconfig.exe', 'msconfig.exe -5', ['launches-command']],
    ['msconfig.exe', 'msconfig.exe', []],
    ['addinutil.exe', 'AddinUtil.exe -AddinRoot:.', ['launches-command']],
    ['mpcmdrun.exe', 'MpCmdRun.exe -RemoveDefinitions -All', ['weakens-defence']],
    ['mpcmdrun.exe', 'MpCmdRun.exe -Scan -ScanType 1', []],
    ['fltmc.exe', 'fltmc.exe unload SysmonDrv', ['weakens-defence']],
    ['fltmc.exe', 'fltmc.exe instances', []],
    ['fsutil.exe', 'fsutil.exe fsinfo drives', []],
    ['gpscript.exe', 'gpscript.exe /logon', ['launches-command']],
    ['unregmp2.exe', 'unregmp2.exe /HideWMP', ['launches-command']],
    ['dxcap.exe', 'dxcap.exe -c notepad.exe', ['launches-program']],
    [
      'wuauclt.exe',
      'wuauclt.exe /UpdateDeploymentProvider "UpdateDeploymentProvider.dll" /RunHandlerComServer',
      [],
    ],
    [
      'wuauclt.exe',
      'wuauclt.exe /UpdateDeploymentProvider C:\\Windows\\UUS\\Packages\\Preview\\amd64\\UpdateDeploy.dll /ClassId 4b2ee4d2-cd8e-4e35-8a20-6b0a7a6bfaf5 /RunHandlerComServer',
      [],
    ],
    ['wuauclt.exe', 'wuauclt.exe /UpdateDeploymentProvider wuaueng.dll /RunHandlerComServer', []],
    [
      'wuauclt.exe',
      'wuauclt.exe /UpdateDeploymentProvider wuaueng.dll.dll /RunHandlerComServer',
      ['launches-program'],
    ],
    ['procdump.exe', 'procdump -accepteula -ma lsass.exe C:\\dumps\\l.dmp', ['dumps-memory']],
    ['procdump.exe', 'procdump -ma erp.exe C:\\dumps\\lsass', []],
    ['procdump.exe', 'procdump -md C:\\Users\\Public\\a.dll erp.exe', ['launches-program', 'public-folder']],
    ['adplus.exe', 'adplus -hang -pn lsass.exe -o C:\\dumps', ['dumps-memory']],
    ['sqldumper.exe', 'sqldumper.exe 540 0 0x01100:40', ['dumps-memory']],
    ['sqldumper.exe', 'sqldumper.exe 540 0 0x0120', []],
    ['tttracer.exe', 'tttracer.exe -dumpFull -attach 640', ['dumps-memory', 'launches-program']],
    [
      'rdrleakdiag.exe',
      'rdrleakdiag.exe /p 940 /o C:\\Windows\\Temp /fullmemdmp /wait 1',
      ['dumps-memory', 'temp-folder'],
    ],
    ['dump64.exe', 'dump64.exe 540 out.dmp', ['dumps-memory']],
    ['dumpminitool.exe', 'DumpMinitool.exe --file a.txt --processId 1132 --dumpType Full', ['dumps-memory']],
    [
      'msdeploy.exe',
      'msdeploy.exe -verb:sync -source:RunCommand -dest:runCommand="C:\\temp\\a.bat"',
      ['launches-command'],
    ],
    ['msdeploy.exe', 'msdeploy.exe -verb:sync -source:package=a.zip -dest:auto', []],
    ['defaultpack.exe', 'DefaultPack.EXE /C:"powershell -c a"', ['launches-program']],
    ['devtoolslauncher.exe', 'devtoolslauncher.exe LaunchForDeploy cmd.exe "/c a" b', ['launches-program']],
    ['vshadow.exe', 'vshadow.exe -nw -exec=C:\\Windows\\notepad.exe c:', ['launches-command']],
    ['vshadow.exe', 'vshadow.exe -p -nw c:', []],
    ['customshellhost.exe', 'customshellhost.exe', ['launches-command']],
    ['atbroker.exe', 'ATBroker.exe', []],
    ['certoc.exe', 'certoc.exe -LoadDLL C:\\test\\a.dll', ['launches-program', 'root-folder']],
    ['certoc.exe', 'certoc.exe -GetCACAPS https://203.0.113.7/a', ['remote-url', 'address-host', 'download']],
    ['rasautou.exe', 'rasautou -d a.dll -p run -a a -e e', ['launches-program']],
    ['msdt.exe', 'msdt.exe -id WindowsUpdateDiagnostic', []],
    [
      'msdt.exe',
      'msdt.exe /id PCWDiagnostic /skip force /param "IT_RebrowseForFile=? IT_BrowseForFile=$(calc)"',
      ['inline-script'],
    ],
    ['cdb.exe', 'cdb.exe -z C:\\dumps\\a.dmp', ['root-folder']],
    ['cdb.exe', 'cdb.exe -cf a.wds -o notepad.exe', ['launches-program']],
  ])('%s: %s', (slug, commandLine, facts) => {
    expect(readToolUse(slug, commandLine, `C:\\Windows\\System32\\${slug}`)?.facts).toEqual(facts)
  })

  test('are found in 32 kB of hostile text without delay', () => {
    const hostile = `wuauclt.exe ${'/updatedeploymentprovider  "'.repeat(1200)}`
    const use = readToolUse('wuauclt.exe', hostile, 'C:\\Windows\\System32\\wuauclt.exe')
    expect(use?.facts).toContain('launches-program')
  })
})
