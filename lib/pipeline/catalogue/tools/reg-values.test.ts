import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('reg: secrets, guards and starts', () => {
  test.each([
    [
      'reg add HKLM\\SOFTWARE\\Vendor /v ConnStr /d "Data Source=S\\X;User ID=sa;Password=Hunter2Pass"',
      'reg add hklm\\software\\vendor /v connstr /d <data>',
      'reg|add|-|-',
      [],
    ],
    [
      'reg add HKLM\\SOFTWARE\\Vendor /v Token /d abcd/Hunter2Pass',
      'reg add hklm\\software\\vendor /v token /d <data>',
      'reg|add|-|-',
      [],
    ],
    [
      'reg add HKLM\\SOFTWARE\\Vendor /v Key /d Hunter2.Pass',
      'reg add hklm\\software\\vendor /v key /d <data>',
      'reg|add|-|-',
      [],
    ],
    [
      'reg add HKLM\\SOFTWARE\\Vendor /v Url /d https://u:pw@srv/x /f',
      'reg add hklm\\software\\vendor /v url /d <data> /f',
      'reg|add|-|-',
      [],
    ],
    [
      'reg add HKLM\\SOFTWARE\\Vendor /v Path /d "%ProgramFiles%\\Vendor\\a.cfg"',
      'reg add hklm\\software\\vendor /v path /d <program-files>\\vendor\\a.cfg',
      'reg|add|program-files|cfg',
      [],
    ],
    [
      'reg add HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\CredUI /v DisablePasswordReveal /t REG_DWORD /d 1 /f',
      'reg add hklm\\software\\policies\\microsoft\\windows\\credui /v disablepasswordreveal /t reg_dword /d 1 /f',
      'reg|add|-|-',
      [],
    ],
    [
      'reg delete HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa /v RunAsPPL /f',
      'reg delete hklm\\system\\currentcontrolset\\control\\lsa /v runasppl /f',
      'reg|delete|-|-',
      ['weakens-defence'],
    ],
    [
      'reg delete HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa /v LmCompatibilityLevel /f',
      'reg delete hklm\\system\\currentcontrolset\\control\\lsa /v lmcompatibilitylevel /f',
      'reg|delete|-|-',
      [],
    ],
    [
      'reg delete HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell\\ScriptBlockLogging /v EnableScriptBlockLogging /f',
      'reg delete hklm\\software\\policies\\microsoft\\windows\\powershell\\scriptblocklogging /v enablescriptblocklogging /f',
      'reg|delete|-|-',
      ['weakens-defence'],
    ],
    [
      'reg delete HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell /v ExecutionPolicy /f',
      'reg delete hklm\\software\\policies\\microsoft\\windows\\powershell /v executionpolicy /f',
      'reg|delete|-|-',
      [],
    ],
    [
      'reg add HKLM\\SYSTEM\\CurrentControlSet\\Services\\PortProxy\\v4tov4\\tcp /v 0.0.0.0/8080 /d 10.0.0.1/80 /f',
      'reg add hklm\\system\\currentcontrolset\\services\\portproxy\\v4tov4\\tcp /v <ip>/<n> /d <data> /f',
      'reg|add|-|-',
      ['forwards-ports'],
    ],
    [
      'reg query HKLM\\SYSTEM\\CurrentControlSet\\Services\\PortProxy\\v4tov4\\tcp',
      'reg query hklm\\system\\currentcontrolset\\services\\portproxy\\v4tov4\\tcp',
      'reg|query|-|-',
      [],
    ],
    [
      'reg add HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules /v x /d "v2.31|Action=Allow|Active=TRUE|Dir=In|" /f',
      'reg add hklm\\system\\currentcontrolset\\services\\sharedaccess\\parameters\\firewallpolicy\\firewallrules /v x /d <data> /f',
      'reg|add|-|-',
      ['opens-firewall'],
    ],
    [
      'reg add HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules /v x /d "v2.31|Action=Block|Active=TRUE|Dir=In|" /f',
      'reg add hklm\\system\\currentcontrolset\\services\\sharedaccess\\parameters\\firewallpolicy\\firewallrules /v x /d <data> /f',
      'reg|add|-|-',
      [],
    ],
    [
      'reg add HKCU\\Environment /v windir /d "cmd /k C:\\Users\\Public\\a.bat & REM" /f',
      'reg add hkcu\\environment /v windir /d cmd /k <public>\\a.bat & rem /f',
      'reg|add|bare|-',
      ['sets-autostart', 'hijacks-start', 'launches-command', 'public-folder'],
    ],
    [
      'reg add HKCU\\Environment /v JAVA_HOME /d "C:\\Program Files\\Java" /f',
      'reg add hkcu\\environment /v java_home /d <program-files>\\java /f',
      'reg|add|program-files|-',
      [],
    ],
    [
      'reg add "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders" /v Startup /d C:\\Users\\Public\\s /f',
      'reg add hkcu\\software\\microsoft\\windows\\currentversion\\explorer\\user shell folders /v startup /d <public>\\s /f',
      'reg|add|public|-',
      ['sets-autostart', 'hijacks-start', 'public-folder'],
    ],
    [
      'reg add "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\User Shell Folders" /v Startup /d "%USERPROFILE%\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup" /f',
      'reg add hkcu\\software\\microsoft\\windows\\currentversion\\explorer\\user shell folders /v startup /d <startup> /f',
      'reg|add|startup|-',
      [],
    ],
    [
      'reg add "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels\\Microsoft-Windows-PowerShell/Operational" /v Enabled /d 0 /f',
      'reg add hklm\\software\\microsoft\\windows\\currentversion\\winevt\\channels\\microsoft-windows-powershell/operational /v enabled /d 0 /f',
      'reg|add|-|-',
      ['weakens-defence'],
    ],
    [
      'reg add "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels\\Microsoft-Windows-Sysmon/Operational" /v Enabled /d 1 /f',
      'reg add hklm\\software\\microsoft\\windows\\currentversion\\winevt\\channels\\microsoft-windows-sysmon/operational /v enabled /d 1 /f',
      'reg|add|-|-',
      [],
    ],
    [
      'reg query HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa /v LimitBlankPasswordUse',
      'reg query hklm\\system\\currentcontrolset\\control\\lsa /v limitblankpassworduse',
      'reg|query|-|-',
      [],
    ],
    [
      'reg query HKLM\\SYSTEM\\CurrentControlSet\\Services\\Netlogon\\Parameters /v MaximumPasswordAge',
      'reg query hklm\\system\\currentcontrolset\\services\\netlogon\\parameters /v maximumpasswordage',
      'reg|query|-|-',
      [],
    ],
    [
      'reg query HKCU\\Software\\X /v ProxyPassword',
      'reg query hkcu\\software\\x /v proxypassword',
      'reg|query|-|-',
      ['credential-store'],
    ],
  ])('%s', (line, pattern, shape, facts) => {
    expect(readToolUse('reg.exe', line, 'C:\\Windows\\System32\\reg.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted: null,
    })
  })
})
