import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('esentutl', () => {
  test.each([
    [
      'esentutl.exe /y /vss C:\\Windows\\NTDS\\ntds.dit /d C:\\x\\n.dit',
      'esentutl /y /vss <windows>\\ntds\\ntds.dit /d <root-folder>\\x\\n.dit',
      'esentutl|copy|windows|dit',
      ['shadow-copy', 'copies-secrets'],
    ],
    [
      'esentutl.exe /y \\\\live.sysinternals.com\\tools\\adrestore.exe /d \\\\otherwebdavserver\\webdav\\adrestore.exe /o',
      'esentutl /y <unc>\\live.sysinternals.com\\tools\\adrestore.exe /d <unc>\\otherwebdavserver\\webdav\\adrestore.exe /o',
      'esentutl|copy|unc|exe',
      ['download'],
    ],
    [
      'esentutl /r V01 /l"C:\\Users\\ann\\AppData\\Local\\Microsoft\\Windows\\WebCache" /s"C:\\Users\\ann\\AppData\\Local\\Microsoft\\Windows\\WebCache"',
      'esentutl /r v01 /lc:<local>\\microsoft\\windows\\webcache /sc:<local>\\microsoft\\windows\\webcache',
      'esentutl|recover|local|-',
      ['credential-store'],
    ],
    [
      'esentutl /p C:\\ProgramData\\Microsoft\\Search\\Data\\Windows.edb',
      'esentutl /p <program-data>\\microsoft\\search\\data\\windows.edb',
      'esentutl|repair|program-data|edb',
      [],
    ],
    [
      'esentutl.exe /d C:\\Windows\\security\\database\\secedit.sdb',
      'esentutl /d <windows>\\security\\database\\secedit.sdb',
      'esentutl|defragment|windows|sdb',
      [],
    ],
    [
      'esentutl.exe /y c:\\folder\\sourcefile.exe /d C:\\folder\\file.txt:hidden.exe /o',
      'esentutl /y <root-folder>\\folder\\sourcefile.exe /d <root-folder>\\folder\\file.txt:hidden.exe /o',
      'esentutl|copy|root-folder|exe',
      ['alternate-data-stream'],
    ],
    [
      'esentutl /y C:\\backup\\old.edb /d C:\\backup\\new.edb',
      'esentutl /y <root-folder>\\backup\\old.edb /d <root-folder>\\backup\\new.edb',
      'esentutl|copy|root-folder|edb',
      [],
    ],
    [
      'esentutl /y C:\\Windows\\NTDS\\.\\ntds.dit. /d C:\\x\\n.dit',
      'esentutl /y <windows>\\ntds\\ntds.dit /d <root-folder>\\x\\n.dit',
      'esentutl|copy|windows|dit',
      ['copies-secrets'],
    ],
    [
      'esentutl /y \\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1\\Data\\a.edb /d C:\\x\\a.edb',
      'esentutl /y <shadow-copy>\\harddiskvolumeshadowcopy1\\data\\a.edb /d <root-folder>\\x\\a.edb',
      'esentutl|copy|shadow-copy|edb',
      ['shadow-copy'],
    ],
  ])('%s', (line, pattern, shape, facts) => {
    expect(readToolUse('esentutl.exe', line, 'C:\\Windows\\System32\\esentutl.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted: null,
    })
  })
})
