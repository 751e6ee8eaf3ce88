import { expect, test } from 'vitest'
import { habitOf } from './habit'

test.each([
  ['agent.exe', 'agent.exe @ program-files', 'register a.dll', 'agent.exe @ program-files > register a.dll'],
  ['explorer.exe', 'explorer.exe @ windows', 'register a.dll', null],
  ['cmd.exe', 'cmd.exe @ system', 'register a.dll', null],
  ['ccmexec.exe', 'ccmexec.exe @ windows', 'msiexec /i a.msi', null],
  ['msiexec.exe', 'msiexec.exe @ system', 'rundll32 a.dll,b', null],
  ['pdqdeployrunner-<n>.exe', 'pdqdeployrunner-<n>.exe @ windows', 'msiexec /i a.msi', null],
  [
    'pdqdeployrunner-<n>.exe',
    'pdqdeployrunner-<n>.exe @ windows',
    'rundll32 a.dll,b',
    'pdqdeployrunner-<n>.exe @ windows > rundll32 a.dll,b',
  ],
  // each package is another, the place that they come from is not
  ['agent.exe', 'agent.exe @ program-files', 'msiexec /i a.msi', 'agent.exe @ program-files > tool|mode'],
  ['setup.exe', 'driver.exe @ downloads', 'register a.dll', null],
  ['agent.tmp', 'agent.tmp @ user-temp', 'register a.dll', null],
  [null, null, 'register a.dll', null],
  ['agent.exe', 'agent.exe @ program-files', null, null],
])('of %s, %s, %s is %s', (name, parent, pattern, habit) => {
  expect(habitOf(name, parent, { pattern, shape: pattern === null ? null : 'tool|mode' })).toBe(habit)
})
