import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('netsh', () => {
  test.each([
    [
      'netsh "add helper C:\\Users\\Public\\a.dll"',
      'netsh add helper <public>\\a.dll',
      'netsh|add helper|public|dll',
      ['launches-program', 'public-folder'],
    ],
    [
      'netsh interface ip set address name = "Ethernet" static 10.0.0.1',
      'netsh interface ip set address name=ethernet static <ip>',
      'netsh|interface ip set address|-|-',
      [],
    ],
    [
      'netsh wlan set hostednetwork allow x "key = Hunter2 Pass"',
      'netsh wlan set hostednetwork allow x key=<secret>',
      'netsh|wlan set hostednetwork|-|-',
      [],
    ],
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
      'netsh wlan set hostednetwork mode=allow ssid=x key=Passw0rd!',
      'netsh wlan set hostednetwork mode=allow ssid=x key=<secret>',
      'netsh|wlan set hostednetwork|-|-',
      [],
    ],
    ['netsh unheardof thing', 'netsh unheardof thing', 'netsh|unheardof|-|-', []],
    ['netsh', 'netsh', 'netsh|none|-|-', []],
    [
      'netsh wlan set hostednetwork mode = allow ssid = x key = Hunter2Pass',
      'netsh wlan set hostednetwork mode=allow ssid=x key=<secret>',
      'netsh|wlan set hostednetwork|-|-',
      [],
    ],
    [
      'netsh wlan set hostednetwork allow MyNet Hunter2Pass',
      'netsh wlan set hostednetwork allow mynet <secret>',
      'netsh|wlan set hostednetwork|-|-',
      [],
    ],
    [
      'netsh wlan set hostednetwork mode=allow ssid=MyNet keyUsage=persistent',
      'netsh wlan set hostednetwork mode=allow ssid=mynet keyusage=persistent',
      'netsh|wlan set hostednetwork|-|-',
      [],
    ],
    [
      'netsh wlan set profileparameter name=x keyMaterial=Hunter2Pass',
      'netsh wlan set profileparameter name=x keymaterial=<secret>',
      'netsh|wlan set profileparameter|-|-',
      [],
    ],
    [
      'netsh wlan show profile name = Home key = clear',
      'netsh wlan show profiles name=home key=clear',
      'netsh|wlan show profiles|-|-',
      ['credential-store'],
    ],
    [
      'netsh "interface portproxy add v4tov4 listenport=8080 connectaddress=10.1.2.3"',
      'netsh interface portproxy add v4tov4 listenport=<n> connectaddress=<ip>',
      'netsh|interface portproxy add v4tov4|-|-',
      ['forwards-ports'],
    ],
    [
      'netsh "interface portproxy show all"',
      'netsh interface portproxy show all',
      'netsh|interface portproxy show all|-|-',
      [],
    ],
    ['netsh add helper a=b', 'netsh add helper a=b', 'netsh|add helper|bare|-', ['launches-program']],
  ])('%s', (line, pattern, shape, facts) => {
    expect(readToolUse('netsh.exe', line, 'C:\\Windows\\System32\\netsh.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted: null,
    })
  })
})
