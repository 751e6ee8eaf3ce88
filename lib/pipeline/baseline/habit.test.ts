import { expect, test } from 'vitest'
import { habitOf } from './habit'

test.each([
  ['agent.exe', 'agent.exe @ program-files', 'register a.dll', 'agent.exe @ program-files > register a.dll'],
  ['explorer.exe', 'explorer.exe @ windows', 'register a.dll', null],
  ['cmd.exe', 'cmd.exe @ system', 'register a.dll', null],
  ['ccmexec.exe', 'ccmexec.exe @ windows', 'msiexec /i a.msi', null],
  ['setup.exe', 'driver.exe @ downloads', 'register a.dll', null],
  ['agent.tmp', 'agent.tmp @ user-temp', 'register a.dll', null],
  [null, null, 'register a.dll', null],
  ['agent.exe', 'agent.exe @ program-files', null, null],
])('of %s, %s, %s is %s', (name, parent, pattern, habit) => {
  expect(habitOf(name, parent, pattern)).toBe(habit)
})
