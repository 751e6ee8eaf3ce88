import { NextRequest } from 'next/server'
import { toErrorResponse } from './error-response'
import { requestBytes } from './request-bytes'

/** What pages take, too; a form of somebody who signs in has some hundred bytes. */
const MAX_BYTES = 1024 * 1024

type Answers = (request: NextRequest) => Promise<Response>

/** For a library that reads whole bodies into memory, whoever sends them: hands it those that end within 1 MB, and refuses others with 413. */
export function withSmallBody(answer: Answers): Answers {
  return async (request) => {
    const pieces: Uint8Array[] = []
    try {
      for await (const piece of requestBytes(request, { maxBytes: MAX_BYTES })) pieces.push(piece)
    } catch (error) {
      return toErrorResponse(error, request)
    }
    const { method, headers } = request
    return await answer(new NextRequest(request.url, { method, headers, body: Buffer.concat(pieces) }))
  }
}
