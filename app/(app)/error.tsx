'use client'

import { TriangleAlert } from 'lucide-react'
import { Button, LinkButton } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/state-message'

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void }

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <ErrorState
      icon={<TriangleAlert aria-hidden />}
      title="This page could not be shown"
      actions={
        <>
          <Button onClick={reset}>Try again</Button>
          <LinkButton href="/">Overview</LinkButton>
        </>
      }
    >
      Something went wrong on our side; it was logged
      {error.digest !== undefined && (
        <>
          {' '}
          as <code>{error.digest}</code>
        </>
      )}
      . Nothing stored was changed.
    </ErrorState>
  )
}
