import { expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'
import { placedIn } from './working-directory'

const SHELL = 'cmd.exe @ system'

function placed(line: string, directory: string | null, parent = SHELL) {
  const slug = `${line.split(' ')[0]}.exe`
  const use = readToolUse(slug, line, `C:\\Windows\\System32\\${slug}`)
  if (use === null) throw new Error(line)
  const { facts, target } = placedIn(slug, use, { workingDirectory: directory, parent })
  return [target?.class, facts]
}

test.each([
  ['rundll32 .\\a.dll,Run', 'C:\\Users\\ann\\Downloads\\', 'downloads', ['downloads']],
  ['regsvr32 a.dll', 'C:\\Users\\ann\\AppData\\Local\\Temp', 'user-temp', ['user-temp']],
  ['regsvr32 .\\a.dll', '"C:\\Program Files\\Vendor\\"', 'program-files', []],
  ['regasm a.dll', 'C:\\src\\app\\lib\\', 'root-folder', ['source-folder']],
  // nothing is known of where it lies
  ['regsvr32 a.dll', null, 'bare', []],
  ['regsvr32 a.dll', 'C:\\Windows\\System32\\', 'bare', []],
  ['regsvr32 a.dll', '', 'bare', []],
  // it says so itself
  ['regsvr32 C:\\Users\\Public\\a.dll', 'C:\\Users\\ann\\Downloads\\', 'public', ['public-folder']],
  // no file is run
  ['certutil -hashfile a.exe SHA256', 'C:\\Users\\ann\\Downloads\\', 'bare', []],
  ['procdump -ma w3wp.exe C:\\dumps', 'C:\\Users\\ann\\Downloads\\', 'bare', []],
])('%s in %s', (line, directory, location, facts) => {
  expect(placed(line, directory)).toEqual([location, facts])
})

test('pattern and shape stay, so that a sensor that does not tell the folder shows the same use', () => {
  const use = readToolUse('regsvr32.exe', 'regsvr32 a.dll', 'C:\\Windows\\System32\\regsvr32.exe')
  if (use === null) throw new Error('it is a use')
  const { pattern, shape } = placedIn('regsvr32.exe', use, {
    workingDirectory: 'C:\\Users\\ann\\Downloads\\',
    parent: SHELL,
  })
  expect([pattern, shape]).toEqual([use.pattern, use.shape])
})

test('a shortcut that its user opened in Explorer says itself where it begins', () => {
  const directory = 'C:\\Users\\ann\\Downloads\\'
  expect(placed('rundll32 a.dll,Run', directory, 'explorer.exe @ windows')).toEqual(['bare', []])
})
