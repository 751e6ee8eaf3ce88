import NextLink from 'next/link'
import type { ComponentProps } from 'react'

/**
 * A link to another page. Nothing is fetched before it is followed: a list has a hundred links, and each would cost the server a page that
 * hardly anybody opens.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />
}
