import manifest from '@/package.json'
import { openApiDocument } from './document'

/** Public: it describes the interface, and holds nothing of anybody's data. */
export function GET(): Response {
  return Response.json(openApiDocument(manifest.version))
}
