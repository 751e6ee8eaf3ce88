'use client'

import { TriangleAlert } from 'lucide-react'
import { catchError } from 'next/error'
import { usePathname, useSearchParams } from 'next/navigation'
import { Button, LinkButton } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/state-message'
import { stoppedAfter } from '@/lib/errors'

type FailureProps = { error: unknown; retry: () => void; what: 'page' | 'part' }

/** What a page or a part of one says in its place where it could not be made. */
export function Failure({ error, retry, what }: FailureProps) {
  const isNarrowed = useSearchParams().size > 0
  const pathname = usePathname()
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined
  const seconds = stoppedAfter(digest)
  return (
    <ErrorState
      icon={<TriangleAlert aria-hidden />}
      title={seconds === null ? `This ${what} could not be shown` : 'This took too long'}
      actions={
        <>
          <Button onClick={retry}>Try again</Button>
          {what === 'page' && isNarrowed && <LinkButton href={pathname}>Without filters</LinkButton>}
          {what === 'page' && <LinkButton href="/">Overview</LinkButton>}
        </>
      }
    >
      {seconds === null ? (
        <>
          Something went wrong on our side; it was logged
          {digest !== undefined && (
            <>
              {' '}
              as <code>{digest}</code>
            </>
          )}
          .
        </>
      ) : (
        `It took longer than ${seconds} s and was stopped, so that nobody else waits for it. Narrow the time or the filters, or try again when there is less to do.`
      )}{' '}
      Nothing stored was changed.
    </ErrorState>
  )
}

/** Keeps what fails in a part of a page to that part: around it people can still ask for something else. Give it a key of what is asked. */
export const PartBoundary = catchError<Record<never, never>>((_, { error, retry }) => (
  <Failure error={error} retry={retry} what="part" />
))
