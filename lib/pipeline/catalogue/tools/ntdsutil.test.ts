import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('ntdsutil and dsdbutil', () => {
  test.each([
    [
      'ntdsutil.exe',
      'ntdsutil "ac i ntds" "ifm" "create full c:\\temp\\x" q q',
      'ntdsutil ac i ntds ifm create full <temp>\\* q q',
      'ntdsutil|ifm create|temp|-',
      ['copies-secrets'],
    ],
    [
      'ntdsutil.exe',
      'ntdsutil ac i ntds if cr fu C:\\x q q',
      'ntdsutil ac i ntds if cr fu <drive-root>\\x q q',
      'ntdsutil|ifm create|drive-root|-',
      ['copies-secrets'],
    ],
    [
      'ntdsutil.exe',
      'ntdsutil "metadata cleanup" connections "connect to server dc1" quit',
      'ntdsutil metadata cleanup connections connect to server dc1 quit',
      'ntdsutil|metadata cleanup|-|-',
      [],
    ],
    ['ntdsutil.exe', 'ntdsutil roles', 'ntdsutil roles', 'ntdsutil|roles|-|-', []],
    [
      'ntdsutil.exe',
      'ntdsutil "activate instance ntds" snapshot create quit quit',
      'ntdsutil activate instance ntds snapshot create quit quit',
      'ntdsutil|snapshot create|-|-',
      ['shadow-copy'],
    ],
    [
      'dsdbutil.exe',
      'dsdbutil.exe "activate instance ntds" "snapshot" "mount {12345678-1234-1234-1234-123456789012}" quit quit',
      'dsdbutil activate instance ntds snapshot mount {<guid>} quit quit',
      'dsdbutil|snapshot mount|-|-',
      ['shadow-copy'],
    ],
    [
      'ntdsutil.exe',
      'ntdsutil snapshot "list all" quit quit',
      'ntdsutil snapshot list all quit quit',
      'ntdsutil|snapshot list|-|-',
      [],
    ],
    [
      'ntdsutil.exe',
      'ntdsutil "ac i ntds" "i" "cr fu c:\\x" q q',
      'ntdsutil ac i ntds i cr fu <drive-root>\\x q q',
      'ntdsutil|ifm create|drive-root|-',
      ['copies-secrets'],
    ],
    [
      'dsdbutil.exe',
      'dsdbutil "ac i ntds" i "c f c:\\x" q q',
      'dsdbutil ac i ntds i c f <drive-root>\\x q q',
      'dsdbutil|ifm create|drive-root|-',
      ['copies-secrets'],
    ],
    [
      'ntdsutil.exe',
      'ntdsutil "li i" snapshot create q q',
      'ntdsutil li i snapshot create q q',
      'ntdsutil|snapshot create|-|-',
      ['shadow-copy'],
    ],
    [
      'ntdsutil.exe',
      'ntdsutil "ac i ntds" f "i" q q',
      'ntdsutil ac i ntds f i q q',
      'ntdsutil|files|-|-',
      [],
    ],
    [
      'ntdsutil.exe',
      'ntdsutil "list instances" quit',
      'ntdsutil list instances quit',
      'ntdsutil|other|-|-',
      [],
    ],
    [
      'ntdsutil.exe',
      'ntdsutil connections "connect to server dc1" quit',
      'ntdsutil connections connect to server dc1 quit',
      'ntdsutil|other|-|-',
      [],
    ],
    [
      'ntdsutil.exe',
      'ntdsutil r c "co t s dc1" q "s" q',
      'ntdsutil r c co t s dc1 q s q',
      'ntdsutil|roles|-|-',
      [],
    ],
  ])('%s %s', (slug, line, pattern, shape, facts) => {
    expect(readToolUse(slug, line, `C:\\Windows\\System32\\${slug}`)).toMatchObject({
      pattern,
      shape,
      facts,
      hosted: null,
    })
  })
})
