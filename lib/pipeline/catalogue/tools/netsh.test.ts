import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('netsh', () => {
  test.each([
    [
      'netsh http add urlacl url=http://+:8080/ user="NT AUTHORITY\\NETWORK SERVICE"',
      'netsh http add urlacl url=http://+:<n>/ user=<account>',
      'netsh|http add urlacl|-|-',
      [],
    ],
    [
      'netsh http add sslcert ipport=0.0.0.0:443 certhash=0102030405060708090a0b0c0d0e0f1011121314 appid={12345678-1234-1234-1234-123456789012}',
      'netsh http add sslcert ipport=<ip>:<n> certhash=<hash> appid={<guid>}',
      'netsh|http add sslcert|-|-',
      [],
    ],
    [
      'netsh int portp a v4tov4 listenport=8080 connectaddress=10.1.2.3 connectport=443',
      'netsh interface portproxy add v4tov4 listenport=<n> connectaddress=<ip> connectport=<n>',
      'netsh|interface portproxy add v4tov4|-|-',
      ['forwards-ports'],
    ],
    [
      'netsh interface ip show config',
      'netsh interface ip show config',
      'netsh|interface ip show config|-|-',
      [],
    ],
    ['netsh winhttp show proxy', 'netsh winhttp show proxy', 'netsh|winhttp show proxy|-|-', []],
    [
      'netsh advfirewall firewall add rule name="Vendor 1.2.3" dir=in action=allow program="C:\\Program Files\\Vendor\\v.exe" enable=yes',
      'netsh advfirewall firewall add rule name=vendor <version> dir=in action=allow program=<program-files>\\vendor\\v.exe enable=yes',
      'netsh|advfirewall firewall add rule|program-files|exe',
      [],
    ],
    [
      'netsh adv f a r name=x dir=in action=allow program=C:\\Users\\Public\\a.exe',
      'netsh advfirewall firewall add rule name=x dir=in action=allow program=<public>\\a.exe',
      'netsh|advfirewall firewall add rule|public|exe',
      ['opens-firewall'],
    ],
    [
      'netsh firewall add allowedprogram C:\\Users\\ann\\AppData\\Roaming\\a.exe "Name" ENABLE',
      'netsh firewall add allowedprogram <roaming>\\a.exe name enable',
      'netsh|firewall add allowedprogram|roaming|exe',
      ['opens-firewall'],
    ],
    [
      'netsh fire set service remoteadmin enable',
      'netsh firewall set service remoteadmin enable',
      'netsh|firewall set service|-|-',
      ['opens-firewall'],
    ],
    [
      'netsh firewall set opmode mode=disable',
      'netsh firewall set opmode mode=disable',
      'netsh|firewall set opmode|-|-',
      ['weakens-defence'],
    ],
    [
      'netsh advfirewall set allprofiles state off',
      'netsh advfirewall set allprofiles state off',
      'netsh|advfirewall set allprofiles|-|-',
      ['weakens-defence'],
    ],
    [
      'netsh advfirewall set allprofiles state on',
      'netsh advfirewall set allprofiles state on',
      'netsh|advfirewall set allprofiles|-|-',
      [],
    ],
    [
      'netsh advfirewall firewall add rule name="RDP" dir=in action=allow protocol=TCP localport=3389',
      'netsh advfirewall firewall add rule name=rdp dir=in action=allow protocol=tcp localport=<n>',
      'netsh|advfirewall firewall add rule|-|-',
      ['opens-firewall'],
    ],
    [
      'netsh advfirewall firewall add rule name="b" dir=out action=block program="C:\\Program Files\\Windows Defender Advanced Threat Protection\\MsSense.exe"',
      'netsh advfirewall firewall add rule name=b dir=out action=block program=<program-files>\\windows defender advanced threat protection\\mssense.exe',
      'netsh|advfirewall firewall add rule|-|-',
      ['weakens-defence'],
    ],
    [
      'netsh advfirewall firewall set rule group="remote desktop" new enable=Yes',
      'netsh advfirewall firewall set rule group=remote desktop new enable=yes',
      'netsh|advfirewall firewall set rule|-|-',
      ['opens-firewall'],
    ],
    [
      'netsh wlan show profile name="Home" key=clear',
      'netsh wlan show profiles name=home key=clear',
      'netsh|wlan show profiles|-|-',
      ['credential-store'],
    ],
    ['netsh wlan show profiles', 'netsh wlan show profiles', 'netsh|wlan show profiles|-|-', []],
    [
      'netsh trace start capture=yes tracefile=C:\\x\\a.etl',
      'netsh trace start capture=yes tracefile=<root-folder>\\x\\a.etl',
      'netsh|trace start|-|-',
      ['captures-traffic'],
    ],
    [
      'netsh a h C:\\Users\\Public\\a.dll',
      'netsh add helper <public>\\a.dll',
      'netsh|add helper|public|dll',
      ['launches-program', 'public-folder'],
    ],
    [
      'netsh -r srv1 -u CORP\\adm -p Pass advfirewall set allprofiles state off',
      'netsh /r <host> /u <account> /p <secret> advfirewall set allprofiles state off',
      'netsh|advfirewall set allprofiles|-|-',
      ['weakens-defence', 'remote-host'],
    ],
    [
      'netsh -c "interface portproxy" add v4tov4 listenport=1 connectaddress=a connectport=2',
      'netsh /c interface portproxy add v4tov4 listenport=<n> connectaddress=a connectport=<n>',
      'netsh|interface portproxy add v4tov4|-|-',
      ['forwards-ports'],
    ],
    [
      'netsh -f C:\\Temp\\x.txt',
      'netsh /f <temp>\\*.txt',
      'netsh|script|temp|txt',
      ['opens-file', 'temp-folder'],
    ],
    [
      'netsh interface portproxy show all',
      'netsh interface portproxy show all',
      'netsh|interface portproxy show all|-|-',
      [],
    ],
    [
      'netsh add helper C:\\Users\\Public\\a.dll',
      'netsh add helper <public>\\a.dll',
      'netsh|add helper|public|dll',
      ['launches-program', 'public-folder'],
    ],
    [
      'netsh advfirewall firewall add rule name="a b" dir=in action=allow program="C:\\Users\\ann\\AppData\\Local\\Programs\\Vendor\\a.exe"',
      'netsh advfirewall firewall add rule name=a b dir=in action=allow program=<local>\\programs\\vendor\\a.exe',
      'netsh|advfirewall firewall add rule|local|exe',
      [],
    ],
    [
      'netsh wlan set hostednetwork mode=allow ssid=x key=Passw0rd!',
      'netsh wlan set hostednetwork mode=allow ssid=x key=<secret>',
      'netsh|wlan set hostednetwork|-|-',
      [],
    ],
    ['netsh unheardof thing', 'netsh unheardof thing', 'netsh|unheardof|-|-', []],
    ['netsh', 'netsh', 'netsh|none|-|-', []],
  ])('%s', (line, pattern, shape, facts) => {
    expect(readToolUse('netsh.exe', line, 'C:\\Windows\\System32\\netsh.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted: null,
    })
  })
})
