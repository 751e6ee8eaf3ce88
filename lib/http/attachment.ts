import { Readable } from 'node:stream'

/** An answer that a browser saves under a name of ours, and that nobody keeps on the way. A stream that its reader leaves is stopped. */
export function attachment(
  body: Uint8Array<ArrayBuffer> | Readable,
  type: string,
  fileName: string,
): Response {
  return new Response(body instanceof Readable ? (Readable.toWeb(body) as ReadableStream) : body, {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
    },
  })
}

export const CSV = 'text/csv; charset=utf-8'
