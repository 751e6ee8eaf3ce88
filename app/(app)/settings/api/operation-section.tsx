import { Details } from '@/components/ui/details'
import type { Operated } from './read-operations'

/** One operation: what it does, who may ask, what it takes and what it answers. */
export function OperationSection({ operation }: { operation: Operated }) {
  const { id, method, path, summary, who, parameters, body, answers } = operation
  const [success, ...failures] = answers
  return (
    <section aria-labelledby={id} className="space-y-2 border-t pt-4">
      <h2 id={id} className="font-semibold text-heading">
        <code>
          {method} {path}
        </code>
      </h2>
      <p>{summary}</p>
      <p className="text-muted">{who}</p>
      {parameters.length > 0 && (
        <ul className="list-disc space-y-1 pl-5" aria-label="Parameters">
          {parameters.map(({ name, place, isRequired, type, about }) => (
            <li key={name}>
              <code>{name}</code> in the {place}
              {isRequired ? '' : ', may be left out'}: <code>{type}</code>
              {about !== '' && `. ${about}`}
            </li>
          ))}
        </ul>
      )}
      {body !== null && (
        <p>
          Body: <code>{body.types.join(', ')}</code>
          {body.description !== '' && `. ${body.description}`}
        </p>
      )}
      {success !== undefined && (
        <>
          <p>
            Answers <strong>{success.status}</strong>
            {success.types.length > 0 && (
              <>
                {' '}
                <code>{success.types.join(', ')}</code>
              </>
            )}
            : {success.description}
          </p>
          {success.shape !== null && (
            <pre className="overflow-x-auto rounded border bg-surface p-2 text-small">{success.shape}</pre>
          )}
        </>
      )}
      <Details>
        <summary className="cursor-pointer text-muted">What else it may answer</summary>
        <ul className="mt-1 list-disc space-y-1 pl-5">
          {failures.map(({ status, description }) => (
            <li key={status}>
              <strong>{status}</strong>: {description}
            </li>
          ))}
        </ul>
      </Details>
    </section>
  )
}
