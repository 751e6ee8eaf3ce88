import { describe, expect, test } from 'vitest'
import { readExport } from './rundll32-exports'

function called(library: string, entry: string): string {
  return readExport(library, { value: entry, start: 0, end: entry.length }).name
}

describe('what rundll32 calls', () => {
  test.each(['#24', '#+24', '#+000024', '#65560', '#-4294967272'])(
    '%s has the ordinal 24: the low sixteen bits count',
    (entry) => {
      expect(called('comsvcs.dll', entry)).toBe('minidump')
    },
  )

  test('a number as code writes it is none', () => {
    expect(called('comsvcs.dll', '#0x18')).toBe('#0')
  })

  test.each([
    ['comsvcs.dll', 'MiniDumpW', 'minidump'],
    ['keymgr.dll', 'KRShowKeyMgrA', 'krshowkeymgr'],
    ['shell32.dll', 'ShellExec_RunDLLW', 'shellexec_rundll'],
    ['shell32.dll', 'Control_RunDLLA', 'control_rundll'],
    ['printui.dll', 'PrintUIEntryW', 'printuientry'],
  ])('%s,%s: the width of characters is not told apart', (library, entry, name) => {
    expect(called(library, entry)).toBe(name)
  })

  test('a name that is not known stays whole', () => {
    expect(called('a.dll', 'DrawW')).toBe('draww')
  })
})
