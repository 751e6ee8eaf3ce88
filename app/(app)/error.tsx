'use client'

import type { ErrorInfo } from 'next/error'
import { Failure } from '@/components/failure/failure'

export default function ErrorPage({ error, retry }: Pick<ErrorInfo, 'error' | 'retry'>) {
  return <Failure error={error} retry={retry} what="page" />
}
