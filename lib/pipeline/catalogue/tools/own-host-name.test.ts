import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownName } from '@/lib/pipeline/normalise/own-name'
import { readToolUse } from './read-tool-use'

const SCRIPTS = 'C:\\Windows\\System32\\cscript.exe'

function use(line: string, host: string | null, slug = 'cscript.exe') {
  return readToolUse(slug, line, SCRIPTS.replace('cscript.exe', slug), {
    domain: null,
    name: ownName(host),
  })
}

describe('the name of the host itself', () => {
  test.each([
    ['as an argument', 'cscript \\\\corp.example\\netlogon\\inv.vbs NAME'],
    ['as a value', 'cscript C:\\Scripts\\inv.vbs /host:NAME'],
    ['with its domain', 'cscript C:\\Scripts\\inv.vbs NAME.corp.example'],
    ['in the name of a log', 'cscript C:\\Scripts\\inv.vbs \\\\fs\\logs\\inv_NAME.txt'],
  ])('makes no pattern of its own for each host: %s', (_, line) => {
    const one = use(line.replace('NAME', 'WS-A1B'), 'ws-a1b.corp.example')
    const other = use(line.replace('NAME', 'desktop-ab3cd4f'), 'DESKTOP-AB3CD4F')
    expect(one?.pattern).toContain('<host>')
    expect(other?.pattern).toBe(one?.pattern)
  })

  test('is told from other names', () => {
    const line = 'cscript C:\\Scripts\\inv.vbs WS-A1B'
    expect(use(line, 'ws-a1')?.pattern).toBe('cscript <root-folder>\\scripts\\inv.vbs ws-a1b')
    expect(use(line, 'ws-c7d')?.pattern).toBe('cscript <root-folder>\\scripts\\inv.vbs ws-a1b')
    expect(use(line, null)?.pattern).toBe('cscript <root-folder>\\scripts\\inv.vbs ws-a1b')
  })

  test('changes nothing of what was read, whatever the host is called: only words of the pattern', () => {
    const words = fc.constantFrom(
      'rundll32',
      'scrobj.dll',
      'http://',
      'ws-a1',
      '\\\\',
      'ws-a1.dll',
      ',',
      ' ',
      '/i:',
      'a1',
      '.exe',
    )
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 10 }),
        fc.constantFrom('rundll32', 'ws-a1', 'a1-x', 'scrobj32'),
        (parts, host) => {
          const line = `rundll32 ${parts.join('')}`
          const named = use(line, host, 'rundll32.exe')
          const plain = use(line, null, 'rundll32.exe')
          expect({ ...named, pattern: '', parts: [] }).toEqual({ ...plain, pattern: '', parts: [] })
        },
      ),
    )
  })
})
