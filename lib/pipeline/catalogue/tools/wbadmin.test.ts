import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('wbadmin', () => {
  test.each([
    [
      'wbadmin delete catalog -quiet',
      'wbadmin delete catalog /quiet',
      'wbadmin|delete catalog|-|-',
      ['deletes-backups'],
    ],
    [
      'wbadmin DELETE SYSTEMSTATEBACKUP -keepVersions:0',
      'wbadmin delete systemstatebackup /keepversions:0',
      'wbadmin|delete systemstatebackup|-|-',
      ['deletes-backups'],
    ],
    [
      'wbadmin delete systemstatebackup -keepVersions:3 -quiet',
      'wbadmin delete systemstatebackup /keepversions:<n> /quiet',
      'wbadmin|delete systemstatebackup|-|-',
      [],
    ],
    ['wbadmin get versions', 'wbadmin get versions', 'wbadmin|get versions|-|-', []],
    [
      'wbadmin start backup -backupTarget:C:\\temp\\ -include:C:\\Windows\\NTDS\\NTDS.dit,C:\\Windows\\System32\\config\\SYSTEM -quiet',
      'wbadmin start backup /backuptarget:<temp> /include:c:\\windows\\ntds\\ntds.dit,c:\\windows\\system32\\config\\system /quiet',
      'wbadmin|start backup|-|-',
      ['copies-secrets'],
    ],
    [
      'wbadmin start systemstatebackup -backupTarget:E: -quiet',
      'wbadmin start systemstatebackup /backuptarget:e: /quiet',
      'wbadmin|start systemstatebackup|-|-',
      [],
    ],
    [
      'wbadmin start recovery -version:01/02/2024-10:00 -recoverytarget:C:\\temp -itemtype:file -items:C:\\Windows\\NTDS\\NTDS.dit,C:\\Windows\\System32\\config\\SYSTEM -notRestoreAcl -quiet',
      'wbadmin start recovery /version:<date> /recoverytarget:<temp> /itemtype:file /items:c:\\windows\\ntds\\ntds.dit,c:\\windows\\system32\\config\\system /notrestoreacl /quiet',
      'wbadmin|start recovery|-|-',
      ['copies-secrets'],
    ],
    [
      'wbadmin disable backup -quiet',
      'wbadmin disable backup /quiet',
      'wbadmin|disable backup|-|-',
      ['weakens-defence'],
    ],
  ])('%s', (line, pattern, shape, facts) => {
    expect(readToolUse('wbadmin.exe', line, 'C:\\Windows\\System32\\wbadmin.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted: null,
    })
  })
})
