import type { ComponentProps } from 'react'

/** What is read on demand. Somebody may open it before the page's scripts take over: it then stays open, which is no mismatch with the server. */
export function Details(props: ComponentProps<'details'>) {
  return <details suppressHydrationWarning {...props} />
}
