import { expect, test } from 'vitest'
import { exampleSignature } from '../example-signature'
import { assessRisk } from '../risk'

/** What a server's shell started; `facts`: what its command line shows. */
function behindShell(server: string, facts: readonly 'public-folder'[]) {
  const lineage = `${server} @ program-files > cmd.exe @ system > rundll32.exe`
  return assessRisk(exampleSignature({ parentName: 'cmd.exe', facts, features: { lineage } }), {})
}

test('what a web server has a shell start is a deviation by itself', () => {
  const shown = behindShell('w3wp.exe', [])
  expect(shown.reasons).toContainEqual({ code: 'web-shell', millibits: 4000 })
  expect(shown.evidence).toBe(4000)
  expect(behindShell('agent.exe', []).millibits).toBeLessThan(4000)
})

test('what a program does that was brought to a web server counts as a shell of it; what is installed there does not', () => {
  const started = (parent: string) =>
    assessRisk(
      exampleSignature({
        parentName: 'gp.exe',
        features: { parent, lineage: `w3wp.exe @ system > ${parent} > installutil.exe` },
      }),
      {},
    ).reasons.map(({ code }) => code)
  expect(started('gp.exe @ root-folder')).toContain('web-shell')
  expect(started('gp.exe @ program-files')).not.toContain('web-shell')
})

test('what a database server starts through a shell weighs as what it starts itself, as far as other evidence carries it', () => {
  const shown = behindShell('sqlservr.exe', ['public-folder'])
  expect(shown.reasons).toContainEqual({ code: 'server-shell', millibits: 4000 })
  expect(shown.evidence).toBe(4000)
  // a database that cleans up after itself is no deviation
  expect(behindShell('sqlservr.exe', []).millibits).toBeLessThan(4000)
  const codes = behindShell('agent.exe', ['public-folder']).reasons.map(({ code }) => code)
  expect(codes).not.toContain('server-shell')
})
