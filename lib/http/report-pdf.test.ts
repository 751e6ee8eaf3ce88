import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Report } from '@/lib/pipeline/export/report/report'
import { toPdf } from './report-pdf'

const HOSTILE = `<script>alert(1)</script> \u202e\u0000\u001b[31m ${'A'.repeat(32_768)} {{x}} =cmd|' /C calc'!A0`

const REPORT: Report = {
  title: `What runs ${HOSTILE}`,
  lines: [HOSTILE],
  sections: [
    {
      title: 'All kinds of parts',
      parts: [
        { kind: 'text', text: HOSTILE },
        { kind: 'figures', figures: [{ label: HOSTILE.slice(0, 60), value: '1' }] },
        {
          kind: 'table',
          label: 'Rows',
          columns: [{ label: 'A' }, { label: 'B', align: 'right', code: true, width: 3 }],
          rows: Array.from({ length: 40 }, (_, index) => [`${index}`, HOSTILE.slice(0, 2000)]),
          none: 'none',
        },
        { kind: 'table', label: 'No rows', columns: [{ label: 'A' }], rows: [], none: 'There are none.' },
        { kind: 'bars', title: 'By day', points: [] },
        {
          kind: 'bars',
          title: 'By day',
          points: [
            { label: '1 Jan', value: 0 },
            { label: '2 Jan', value: 5 },
          ],
        },
      ],
    },
  ],
}

test('a report of hostile text becomes a PDF of several pages without scripts, files or links', async () => {
  const bytes = Buffer.from(await toPdf(REPORT))
  const text = bytes.toString('latin1')
  expect(text.slice(0, 5)).toBe('%PDF-')
  expect(text.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(3)
  expect(text).not.toMatch(/\/(JavaScript|JS|URI|Launch|EmbeddedFile|OpenAction)\b/)
})

test('every page carries text', async () => {
  expect(await textsByPage({ title: 'T', lines: ['a'], sections: [] })).toEqual([5])
})

test('no page is empty, wherever the last table ends', async () => {
  for (let rows = 33; rows < 41; rows++) {
    const table = {
      kind: 'table' as const,
      label: 'Rows',
      columns: [{ label: 'A' }],
      rows: Array.from({ length: rows }, (_, index) => [`row ${index}`]),
      none: 'none',
    }
    const pages = await textsByPage({
      title: 'T',
      lines: ['a'],
      sections: [{ title: 'S', parts: [{ kind: 'text', text: 'b' }, table] }],
    })
    // the foot alone is the title and the page's number
    for (const texts of pages) expect(texts, `${rows} rows`).toBeGreaterThan(3)
  }
})

/** How many texts are set on each page. */
async function textsByPage(report: Report): Promise<number[]> {
  const bytes = Buffer.from(await toPdf(report))
  return [...bytes.toString('latin1').matchAll(/stream\n([\s\S]*?)\nendstream/g)]
    .map(([, stream = '']) => inflated(stream).match(/\bBT\b/g)?.length ?? 0)
    .filter((texts) => texts > 0)
}

/** '' for what is no compressed text. */
function inflated(stream: string): string {
  try {
    return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1')
  } catch {
    return ''
  }
}
