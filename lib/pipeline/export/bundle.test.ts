import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareBundles, policyBundle } from './bundle'
import { EXAMPLE_DECISIONS } from './example-decisions'
import { lineChanges } from './line-changes'
import { writePolicies } from './policy/write-policies'
import { markdownText } from './text/markdown'

function bundle(blocks = EXAMPLE_DECISIONS.blocks) {
  return policyBundle(writePolicies({ ...EXAMPLE_DECISIONS, blocks }), blocks, [])
}

test('the same decisions give the same bundle, whatever their order', () => {
  expect(bundle(EXAMPLE_DECISIONS.blocks.toReversed())).toEqual(bundle())
})

test('no two files of a bundle have the same path, and none leads out of it', () => {
  const paths = bundle().files.map(({ path }) => path)
  expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length)
  for (const path of paths) expect(path).toMatch(/^[a-z0-9][a-z0-9.-]*(?:\/[a-z0-9][a-z0-9.-]*)*$/i)
})

test('the read-me says of every decision that a control does not carry whole what is missing', () => {
  const { files } = bundle()
  const readMe = files.find(({ path }) => path === 'README.md')?.text ?? ''
  for (const { limits } of writePolicies(EXAMPLE_DECISIONS))
    for (const { decisionId, text } of limits) {
      expect(readMe).toContain(`Decision ${decisionId}.`)
      expect(readMe).toContain(markdownText(text))
    }
})

test('the read-me says what every file is, and that a file of denies alone would deny everything', () => {
  const { files } = bundle()
  const readMe = files.find(({ path }) => path === 'README.md')?.text ?? ''
  for (const { policies } of writePolicies(EXAMPLE_DECISIONS))
    for (const { name, about } of policies.flatMap((policy) => [...policy.files, policy.undo]))
      expect(readMe).toContain(`- ${name.slice(name.lastIndexOf('/') + 1)}: ${about}`)
  expect(readMe).toMatch(/^- merge\.xml: .*By itself it would deny everything\.$/m)
  expect(readMe).toContain('decisions 1 (mshta.exe)')
})

test('a decision that is gone takes its files with it, and files of other decisions stay as they are', () => {
  const without = EXAMPLE_DECISIONS.blocks.filter(({ decisionId }) => decisionId !== 41)
  const changes = compareBundles(bundle().files, bundle(without).files)
  expect(
    changes
      .filter(({ path }) => path !== 'README.md')
      .every(({ path, change }) => path.startsWith('santa/') && change === 'removed'),
  ).toBe(true)
  expect(compareBundles(bundle().files, bundle().files)).toEqual([])
})

test('either text can be told from the changes of its lines', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
    .map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = lineChanges(before, after)
      const of = (...kinds: string[]) =>
        changes
          .filter(({ kind }) => kinds.includes(kind))
          .map((line) => line.text)
          .join('\n')
      expect(of('same', 'removed')).toBe(before)
      expect(of('same', 'added')).toBe(after)
    }),
  )
})
