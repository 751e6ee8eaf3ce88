import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('rundll32', () => {
  test.each([
    [
      'shows a file in its folder',
      'shell32.dll,ShellExec_RunDLL Explorer.exe /select,D:\\converted\\report.pdf',
      ['opens-file'],
    ],
    [
      'has Explorer open a program',
      'shell32.dll,ShellExec_RunDLL explorer.exe C:\\ProgramData\\a.exe',
      ['launches-program'],
    ],
    [
      'has regsvr32 load what it is not meant for',
      'SHELL32,ShellExec_RunDLLA REGSVR32.EXE -U -s "C:\\ProgramData\\Xzk\\dqn.kmr."',
      ['launches-program', 'program-data-folder', 'odd-extension'],
    ],
    [
      'has odbcconf register a library',
      'shell32.dll,ShellExec_RunDLL "C:\\Windows\\System32\\odbcconf.exe" /a {regsvr "C:\\ProgramData\\Xzk\\dqn.dll"}',
      ['launches-program', 'program-data-folder'],
    ],
    [
      'opens a favourite whose name holds blanks',
      'ieframe.dll,OpenURL C:\\Users\\ann\\Favorites\\Orders of May.url',
      ['opens-file'],
    ],
    [
      'opens a program whose name holds blanks',
      'url.dll,FileProtocolHandler C:\\tools\\my tool.exe',
      ['launches-program', 'root-folder'],
    ],
    ['opens an item of the Control Panel that Windows has', 'shell32.dll,Control_RunDLL hotplug.dll', []],
    [
      'opens one of that name elsewhere',
      'shell32.dll,Control_RunDLL C:\\Users\\Public\\hotplug.dll',
      ['public-folder', 'odd-extension', 'foreign-applet'],
    ],
    ["takes a shell's switch for no file", 'shell32.dll,ShellExec_RunDLL cmd /c dir', ['launches-command']],
    [
      'hands a file to what runs none',
      'shell32.dll,ShellExec_RunDLL notepad.exe C:\\ProgramData\\Xzk\\notes.dll',
      ['launches-program'],
    ],
    [
      'loads what bears the name of a library of Windows elsewhere',
      'C:\\Users\\ann\\AppData\\Local\\Slack\\app-1.0\\version.dll,Go',
      ['user-product-folder', 'misplaced-library'],
    ],
    ['calls what frameworks call their entry', 'D:\\review.dll,StartW', ['loader-export', 'root-folder']],
    ['calls an entry of any name', '"C:\\Program Files\\Vendor\\a.dll",Start', []],
    [
      'is the window of Explorer that another host asked for',
      'shell32.dll,SHCreateLocalServerRunDll {c08afd90-f2a1-11d1-8455-00a0c91f3880} -Embedding',
      ['dcom-object'],
    ],
    [
      'is what programs ask Explorer by',
      'shell32.dll,SHCreateLocalServerRunDll {9ba05972-f6a8-11cf-a442-00a0c90a8f39} -Embedding',
      [],
    ],
    [
      'loads what is named by its hash',
      'C:\\Users\\ann\\Downloads\\d41d8cd98f00b204e9800998ecf8427e.dll,Run',
      ['downloads', 'named-by-hash'],
    ],
    [
      'loads what a maker named by a number',
      'C:\\Users\\ann\\Downloads\\d41d8cd98f00b204.dll,Run',
      ['downloads'],
    ],
    [
      'loads what an installer named by its hash',
      '"C:\\Program Files\\Vendor\\d41d8cd98f00b204e9800998ecf8427e.dll",Run',
      [],
    ],
    ['loads that library where Windows has it', 'C:\\Windows\\System32\\version.dll,Go', []],
    ['loads it with a product', '"C:\\Program Files\\Vendor\\dbghelp.dll",Go', []],
  ])('%s: the facts say so', (_, tail, facts) => {
    const use = readToolUse('rundll32.exe', `rundll32.exe ${tail}`, 'C:\\Windows\\System32\\rundll32.exe')
    expect(use?.facts).toEqual(facts)
  })
})
