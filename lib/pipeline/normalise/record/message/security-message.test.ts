import { expect, test } from 'vitest'
import { securityMessage } from './security-message'

const creation = (commandLine: string) =>
  [
    'A new process has been created.',
    '',
    'Creator Subject:',
    '\tSecurity ID:\t\tS-1-5-18',
    '\tAccount Name:\t\tWS01$',
    '\tAccount Domain:\t\tCORP',
    '\tLogon ID:\t\t0x3E7',
    '',
    'Process Information:',
    '\tNew Process ID:\t\t0x1a4',
    '\tNew Process Name:\tC:\\Windows\\System32\\mshta.exe',
    '\tToken Elevation Type:\t%%1936',
    '\tMandatory Label:\t\tS-1-16-8192',
    '\tCreator Process ID:\t0x2b0',
    '\tCreator Process Name:\tC:\\Windows\\explorer.exe',
    `\tProcess Command Line:\t${commandLine}`,
    '',
    'Token Elevation Type indicates the type of token that was assigned.',
  ].join('\r\n')

test.each([
  ['blanks', `mshta a.hta\n${' '.repeat(32_000)}x`],
  ['blanks with a tab in their middle', `mshta a.hta\n${' '.repeat(16_000)}\t${' '.repeat(16_000)}x`],
  ['blanks before a colon', `mshta a.hta\n a${' '.repeat(32_000)}:`],
  ['blanks before another kind of line break', `mshta a.hta\n a:${' '.repeat(32_000)}\u2028`],
  ['lines with nothing in them', `mshta a.hta${'\n'.repeat(32_000)}x`],
])('a command line of %s is read as fast as any, and whole', (_what, commandLine) => {
  expect(securityMessage(4688, creation(commandLine))).toMatchObject({
    SubjectUserName: 'WS01$',
    NewProcessName: 'C:\\Windows\\System32\\mshta.exe',
    ParentProcessName: 'C:\\Windows\\explorer.exe',
    CommandLine: commandLine,
  })
})
