/** A report as data: pages and PDF are drawn from the same value, so that their figures are the same. Every text is ready to read. */
export type Report = {
  title: string
  /** What it is about and as of when, a line each. */
  lines: readonly string[]
  sections: readonly ReportSection[]
}

export type ReportSection = { title: string; parts: readonly ReportPart[] }

export type ReportColumn = {
  label: string
  align?: 'right'
  /** Share of the width, in relation to the others'; 1 where nothing is said. */
  width?: number
  /** Paths, command lines, patterns. */
  code?: boolean
  /** Kept on one line: dates. */
  whole?: boolean
}

export type ReportPart =
  | { kind: 'text'; text: string }
  | { kind: 'figures'; figures: readonly { label: string; value: string }[] }
  | {
      kind: 'table'
      /** What a reader who hears the page is told. */
      label: string
      columns: readonly ReportColumn[]
      rows: readonly (readonly string[])[]
      /** Said in place of no rows. */
      none: string
    }
  | {
      kind: 'bars'
      /** What the chart answers. */
      title: string
      /** In order; `value` ≥ 0. */
      points: readonly { label: string; value: number }[]
    }
