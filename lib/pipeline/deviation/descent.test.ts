import { describe, expect, test } from 'vitest'
import { DESCENT } from './descent'
import { fact, hostDay } from './example-host-day'
import { exampleSignature } from './example-signature'
import { scoreHostDay } from './score-host-day'

const HOUR_US = 3_600_000_000
const STARTED = ['csc.exe @ windows']

const build = exampleSignature({
  slug: 'msbuild.exe',
  pattern: 'msbuild <public>\\a.proj',
  facts: ['public-folder', 'alternate-data-stream'],
  features: { identity: 'windows' },
  traits: { child: STARTED },
})
const compiler = exampleSignature({
  slug: 'csc.exe',
  pattern: 'csc @<user-temp>\\*.cmdline',
  features: {
    identity: 'windows',
    parent: 'msbuild.exe @ windows',
    lineage: 'cmd.exe @ system > msbuild.exe @ windows > csc.exe',
  },
})

function inheritedBy(signature: typeof build, others: (typeof build)[], atUs = 0): number {
  const facts = [...others.map((one) => fact(one)), fact(signature)]
  const shifted = facts.map((one, index) => {
    const at = one.firstAtUs + (index === others.length ? atUs : 0)
    return { ...one, firstAtUs: at, lastAtUs: at }
  })
  const { rows } = scoreHostDay(hostDay([...others, signature], { facts: shifted }))
  const row = rows.find(({ signatureId }) => signatureId === signature.id)
  return row?.reasons.find(({ code }) => code === DESCENT)?.millibits ?? 0
}

describe('what a process inherits', () => {
  test('is half of the score of the deviation that started it, up to four bits', () => {
    expect(inheritedBy(compiler, [build])).toBe(4000)
  })

  test('is nothing before it, hours after it, or beside one that started something else', () => {
    expect(inheritedBy(compiler, [build], -1)).toBe(0)
    expect(inheritedBy(compiler, [build], 2 * HOUR_US)).toBe(0)
    const other = exampleSignature({ ...build, traits: { child: ['cmd.exe @ system'] } })
    expect(inheritedBy(compiler, [other])).toBe(0)
  })

  test('is nothing of what is no deviation', () => {
    const harmless = exampleSignature({ ...build, facts: [] })
    expect(inheritedBy(compiler, [harmless])).toBe(0)
  })

  test('comes through one process between', () => {
    const shell = exampleSignature({ ...build, traits: { child: ['cmd.exe @ system'] } })
    const grandchild = exampleSignature({
      slug: 'whoami.exe',
      features: {
        parent: 'cmd.exe @ system',
        lineage: 'msbuild.exe @ windows > cmd.exe @ system > whoami.exe',
      },
    })
    expect(inheritedBy(grandchild, [shell])).toBe(4000)
  })

  test('is not trusted by itself', () => {
    const { rows } = scoreHostDay(hostDay([build, compiler]))
    expect(rows.map(({ trusted }) => trusted)).toEqual([false, false])
  })
})
