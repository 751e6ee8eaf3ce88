import type { ComponentProps, ReactNode } from 'react'
import { buttonClass } from './button'

/** A link that looks like a button and saves a file: never followed ahead of the click. */
export function DownloadLink({ icon, children, ...rest }: ComponentProps<'a'> & { icon?: ReactNode }) {
  return (
    <a download className={buttonClass('secondary')} {...rest}>
      {icon}
      {children}
    </a>
  )
}
