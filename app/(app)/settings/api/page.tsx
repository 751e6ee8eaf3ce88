import type { Metadata } from 'next'
import { openApiDocument } from '@/app/api/openapi.json/document'
import { requireActor } from '@/lib/access/current-actor'
import { baseUrl } from '@/lib/env'
import manifest from '@/package.json'
import { OperationSection } from './operation-section'
import { readOperations } from './read-operations'

export const metadata: Metadata = { title: 'API' }

/** The OpenAPI document, to be read by people. */
export default async function ApiPage() {
  await requireActor()
  const operations = readOperations(openApiDocument(manifest.version))
  return (
    <div className="max-w-3xl space-y-6">
      <p>
        The HTTP interface at <code>{baseUrl()}</code>, as{' '}
        <a className="link underline" href="/api/openapi.json">
          OpenAPI 3.1
        </a>{' '}
        describes it to programs. An API key is sent as <code>Authorization: Bearer KEY</code>; what is opened
        by being signed in alone is for these pages. Times are UTC.
      </p>
      <nav aria-label="Operations">
        <ul className="columns-2 gap-6">
          {operations.map(({ id, method, path }) => (
            <li key={id} className="truncate">
              <a className="link" href={`#${id}`}>
                <code>
                  {method} {path}
                </code>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {operations.map((operation) => (
        <OperationSection key={operation.id} operation={operation} />
      ))}
    </div>
  )
}
