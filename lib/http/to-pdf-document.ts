import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces'
import { printable } from '@/lib/pipeline/export/report/printable'
import type { Report, ReportPart, ReportSection } from '@/lib/pipeline/export/report/report'

const MUTED = '#57606a'
const LINE = '#d0d7de'
const BAR = '#3b6ea5'
/** A4 less its margins, in points. */
const WIDTH = 515
const CHART_HEIGHT = 90
/** How far down a page a section may begin: below there is room for its heading, but not for the first row of a table under it. */
const LAST_BEGINNING = 0.86

/** The report as pdfmake's document: A4, the title and page numbers at the foot. Same report, same document. */
export function toPdfDocument(report: Report): TDocumentDefinitions {
  return {
    pageSize: 'A4',
    pageMargins: [40, 44, 40, 52],
    info: { title: printable(report.title), producer: 'Cordon', creator: 'Cordon' },
    defaultStyle: { font: 'Roboto', fontSize: 9, lineHeight: 1.2 },
    footer: (page, pages) => ({
      columns: [{ text: printable(report.title) }, { text: `${page} / ${pages}`, alignment: 'right' }],
      margin: [40, 16, 40, 0],
      fontSize: 8,
      color: MUTED,
    }),
    // a heading does not end a page
    pageBreakBefore: ({ headlineLevel, startPosition }) =>
      headlineLevel === 1 && startPosition.verticalRatio > LAST_BEGINNING,
    content: [
      { text: printable(report.title), fontSize: 18, bold: true },
      ...report.lines.map((line): Content => ({ text: printable(line), color: MUTED })),
      ...report.sections.flatMap(toSection),
    ],
  }
}

/** Space stands above things, never below: below the last thing of a page it would begin another, empty one. */
function toSection({ title, parts: [first, ...others] }: ReportSection): Content[] {
  const heading: Content = {
    text: printable(title),
    fontSize: 12,
    bold: true,
    margin: [0, 18, 0, 0],
    headlineLevel: 1,
  }
  if (first === undefined) return [heading]
  // a table may be longer than a page; anything else stays with its heading
  const beginning = [heading, toPart(first)]
  return [
    ...(first.kind === 'table' ? beginning : [{ stack: beginning, unbreakable: true }]),
    ...others.map(toPart),
  ]
}

function toPart(part: ReportPart): Content {
  switch (part.kind) {
    case 'text':
      return { text: printable(part.text), margin: [0, 4, 0, 0] }
    case 'figures':
      return toFigures(part)
    case 'table':
      return part.rows.length === 0
        ? { text: printable(part.none), color: MUTED, margin: [0, 4, 0, 0] }
        : toTable(part)
    case 'bars':
      return toBars(part)
  }
}

function toFigures({ figures }: Extract<ReportPart, { kind: 'figures' }>): Content {
  return {
    columns: figures.map(({ label, value }) => ({
      stack: [
        { text: printable(value), fontSize: 14, bold: true },
        { text: printable(label), color: MUTED, fontSize: 8 },
      ],
    })),
    columnGap: 8,
    margin: [0, 6, 0, 0],
  }
}

function toTable({ columns, rows }: Extract<ReportPart, { kind: 'table' }>): Content {
  const all = columns.reduce((sum, { width = 1 }) => sum + width, 0)
  const cell = (text: string, index: number, header: boolean): TableCell => ({
    text: printable(text),
    ...(columns[index]?.align && { alignment: columns[index].align }),
    ...(header ? { bold: true, color: MUTED, fontSize: 8 } : columns[index]?.code ? { fontSize: 8 } : {}),
  })
  return {
    table: {
      headerRows: 1,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ width = 1 }) => `${(width / all) * 100}%`),
      body: [
        columns.map(({ label }, index) => cell(label, index, true)),
        ...rows.map((row) => columns.map((_column, index) => cell(row[index] ?? '', index, false))),
      ],
    },
    layout: {
      hLineWidth: (line) => (line === 0 ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: () => LINE,
      paddingLeft: () => 2,
      paddingRight: () => 4,
      paddingTop: () => 2.5,
      paddingBottom: () => 2.5,
    },
    margin: [0, 4, 0, 0],
  }
}

function toBars({ title, points }: Extract<ReportPart, { kind: 'bars' }>): Content {
  const highest = Math.max(0, ...points.map(({ value }) => value))
  const most = Math.max(1, highest)
  const step = WIDTH / Math.max(1, points.length)
  const first = points[0]?.label ?? ''
  const last = points.at(-1)?.label ?? ''
  return {
    stack: [
      { text: printable(title), bold: true, margin: [0, 0, 0, 4] },
      {
        canvas: [
          ...points.map(({ value }, index) => ({
            type: 'rect' as const,
            x: index * step,
            y: CHART_HEIGHT * (1 - value / most),
            w: Math.max(0.5, step * 0.8),
            h: (CHART_HEIGHT * value) / most,
            color: BAR,
          })),
          {
            type: 'line' as const,
            x1: 0,
            y1: CHART_HEIGHT,
            x2: WIDTH,
            y2: CHART_HEIGHT,
            lineWidth: 0.5,
            lineColor: MUTED,
          },
        ],
      },
      {
        columns: [
          { text: printable(first) },
          { text: `highest ${highest}`, alignment: 'center' },
          { text: printable(last), alignment: 'right' },
        ],
        fontSize: 8,
        color: MUTED,
        margin: [0, 3, 0, 0],
      },
    ],
    unbreakable: true,
    margin: [0, 8, 0, 0],
  }
}
