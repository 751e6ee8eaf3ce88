'use client'

import { TriangleAlert } from 'lucide-react'
import { catchError } from 'next/error'
import { usePathname, useSearchParams } from 'next/navigation'
import { Button, LinkButton } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/state-message'
import { shownFailure } from '@/lib/errors'

type FailureProps = { error: unknown; retry: () => void; what: 'page' | 'part' }

/** What a page or a part of one says in its place where it could not be made. */
export function Failure({ error, retry, what }: FailureProps) {
  const isNarrowed = useSearchParams().size > 0
  const pathname = usePathname()
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : ''
  const known = shownFailure(digest)
  const mayNarrow = what === 'page' && known?.code === 'stopped' && isNarrowed
  return (
    <ErrorState
      icon={<TriangleAlert aria-hidden />}
      isWholePage={what === 'page'}
      title={known?.code === 'stopped' ? 'This took too long' : `This ${what} could not be shown`}
      actions={
        <>
          <Button onClick={retry}>Try again</Button>
          {mayNarrow && <LinkButton href={pathname}>Without filters</LinkButton>}
          {what === 'page' && <LinkButton href="/">Overview</LinkButton>}
        </>
      }
    >
      {known?.message ?? <Unknown digest={digest} />}
    </ErrorState>
  )
}

function Unknown({ digest }: { digest: string }) {
  return (
    <>
      Something went wrong on our side; it was logged
      {digest !== '' && (
        <>
          {' '}
          as <code>{digest}</code>
        </>
      )}
      . Nothing stored was changed.
    </>
  )
}

/** Keeps what fails in a part of a page to that part: around it people can still ask for something else. Give it a key of what is asked. */
export const PartBoundary = catchError<Record<never, never>>((_, { error, retry }) => (
  <Failure error={error} retry={retry} what="part" />
))
