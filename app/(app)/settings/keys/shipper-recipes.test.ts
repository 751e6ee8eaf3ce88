import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { EXAMPLE_TARGET, shipperRecipes } from './shipper-recipes'

const GUIDE = readFileSync(path.resolve(import.meta.dirname, '../../../../docs/guides/shippers.md'), 'utf8')

test.each(shipperRecipes(EXAMPLE_TARGET))(
  'the guide shows the configuration of $name that the page shows',
  ({ text }) => {
    expect(GUIDE).toContain(`\n${text}\n\`\`\`\n`)
  },
)

test('a configuration has the address and the key in it, whatever the port', () => {
  const target = { baseUrl: 'http://localhost:3000', secret: 'cordon_secret' }
  for (const { text } of shipperRecipes(target)) {
    expect(text).toContain('cordon_secret')
    expect(text).toMatch(/localhost(:|"? serverport="|\n +Port +)3000/)
    expect(text).not.toMatch(/https:|tls +On|usehttps="on"/)
  }
  for (const { text } of shipperRecipes({ ...target, baseUrl: 'https://cordon.example.org/' }))
    expect(text).not.toContain('example.org//')
})
