import pdfmake from 'pdfmake'
import roboto from 'pdfmake/build/fonts/Roboto.js'
import type { Report } from '@/lib/pipeline/export/report/report'
import { toPdfDocument } from './to-pdf-document'

/** What pdfmake keeps in memory in place of files; its types leave it out. */
const { virtualfs } = pdfmake as unknown as {
  virtualfs: { writeFileSync(name: string, content: Buffer): void }
}
let prepared = false

/** Fonts come with the program; a report can name neither a file nor an address. */
function prepare(): void {
  if (prepared) return
  for (const [name, { data, encoding }] of Object.entries(roboto.vfs))
    virtualfs.writeFileSync(name, Buffer.from(data, encoding))
  pdfmake.setFonts(roboto.fonts)
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => false)
  prepared = true
}

/** The report as a PDF, A4. */
export async function toPdf(report: Report): Promise<Uint8Array<ArrayBuffer>> {
  prepare()
  return new Uint8Array(await pdfmake.createPdf(toPdfDocument(report)).getBuffer())
}
