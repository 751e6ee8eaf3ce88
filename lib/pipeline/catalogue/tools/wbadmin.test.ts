import { describe, expect, test } from 'vitest'
import { splitCommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { readToolUse } from './read-tool-use'
import { wbadmin } from './wbadmin'

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
    [
      'wbadmin start backup -backupTarget:E: -include:C:\\Windows\\NTDS -quiet',
      'wbadmin start backup /backuptarget:e: /include:c:\\windows\\ntds /quiet',
      'wbadmin|start backup|-|-',
      ['copies-secrets'],
    ],
    [
      'wbadmin start recovery -version:01/02/2024-10:00 -recoveryTarget:C:\\x -itemtype:file -items:C:\\Windows\\NTDS -quiet',
      'wbadmin start recovery /version:<date> /recoverytarget:<drive-root>\\x /itemtype:file /items:c:\\windows\\ntds /quiet',
      'wbadmin|start recovery|-|-',
      ['copies-secrets'],
    ],
    [
      'wbadmin start backup -backupTarget:E: -include: D:\\Data,C:\\Windows\\System32\\.\\config\\ -quiet',
      'wbadmin start backup /backuptarget:e: /include: <root-folder>\\data,c:\\windows\\system32\\config /quiet',
      'wbadmin|start backup|-|-',
      ['copies-secrets'],
    ],
    [
      'wbadmin start backup -backupTarget:\\\\srv1\\backup\\ntds -include:D:\\Data -quiet',
      'wbadmin start backup /backuptarget:<unc>\\srv1\\backup\\ntds /include:d:\\data /quiet',
      'wbadmin|start backup|-|-',
      [],
    ],
    [
      'wbadmin start backup -backupTarget:E: -allCritical -quiet',
      'wbadmin start backup /backuptarget:e: /allcritical /quiet',
      'wbadmin|start backup|-|-',
      [],
    ],
    [
      'wbadmin start recovery -version:01/02/2024-10:00 -itemtype:file -items:D:\\Data\\NTDS-plans -quiet',
      'wbadmin start recovery /version:<date> /itemtype:file /items:d:\\data\\ntds-plans /quiet',
      'wbadmin|start recovery|-|-',
      [],
    ],
    [
      'wbadmin delete backup -version:01/02/2024-10:00 -quiet',
      'wbadmin delete backup /version:<date> /quiet',
      'wbadmin|delete backup|-|-',
      ['deletes-backups'],
    ],
    [
      'wbadmin enable backup -addtarget:\\\\srv1\\backup -user CORP\\adm -password Hunter2Pass -include:D:',
      'wbadmin enable backup /addtarget:<unc>\\srv1\\backup /user:<account> <account> /password:<secret> <secret> /include:d:',
      'wbadmin|enable backup|-|-',
      [],
    ],
    [
      'wbadmin enable backup -addtarget:\\\\srv1\\backup -password -Hunter2Pass -user:adm -quiet',
      'wbadmin enable backup /addtarget:<unc>\\srv1\\backup /password:<secret> <secret> /user:<account> /quiet',
      'wbadmin|enable backup|-|-',
      [],
    ],
    [
      'wbadmin enable -password Secret backup -quiet',
      'wbadmin enable /password:<secret> <secret> backup /quiet',
      'wbadmin|enable backup|-|-',
      [],
    ],
  ])('%s', (line, pattern, shape, facts) => {
    expect(readToolUse('wbadmin.exe', line, 'C:\\Windows\\System32\\wbadmin.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted: null,
    })
  })

  test.each([
    ['wbadmin delete systemstatebackup -deleteOldest', []],
    ['wbadmin delete backup -deleteOldest -quiet', []],
    ['wbadmin delete systemstatebackup -keepVersions:3', []],
    ['wbadmin delete systemstatebackup -quiet', ['deletes-backups']],
    ['wbadmin delete catalog -deleteOldest', ['deletes-backups']],
    ['wbadmin delete backup -backupTarget:E:\\x-deleteoldest', ['deletes-backups']],
  ])('%s by its grammar alone', (line, facts) => {
    expect(wbadmin.read(splitCommandLine(line, 'wbadmin.exe')).facts).toEqual(facts)
  })
})
