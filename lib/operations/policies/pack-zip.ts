import { zipSync } from 'fflate'

/** The earliest day that a zip can say, in whatever zone this machine is: the same files give the same bytes. */
const NO_DAY = new Date(1980, 0, 1)

/** Files as a zip, in the order given. */
export function packZip(files: readonly { path: string; text: string }[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const packed = zipSync(Object.fromEntries(files.map(({ path, text }) => [path, encoder.encode(text)])), {
    mtime: NO_DAY,
  })
  return new Uint8Array(packed)
}
