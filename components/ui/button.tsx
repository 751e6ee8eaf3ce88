import { clsx } from 'clsx'
import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { Link } from './link'

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'

const BASE =
  'inline-flex h-7 shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded px-2.5 font-medium disabled:opacity-50 disabled:cursor-not-allowed aria-disabled:opacity-50 aria-disabled:cursor-not-allowed [&_svg]:size-3.5 [&_svg]:shrink-0'
const VARIANT: Record<ButtonVariant, string> = {
  primary: 'bg-accent-fill text-on-accent enabled:hover:brightness-110',
  secondary: 'border border-line-strong bg-raised text-ink hover:bg-hover',
  quiet: 'text-ink hover:bg-hover',
  danger: 'bg-bad-fill text-on-accent enabled:hover:brightness-110',
}

type ButtonProps = ComponentProps<'button'> & {
  variant?: ButtonVariant
  /** Shows that it is at work, and takes no second click; it keeps the focus, which a disabled one loses. */
  busy?: boolean
}

export function Button({ variant = 'secondary', busy = false, className, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? takeNoClick : onClick}
      className={clsx(BASE, VARIANT[variant], busy && 'motion-safe:animate-pulse', className)}
      {...rest}
    />
  )
}

/** Nor is a form submitted by it, for Enter in a field clicks its button. */
function takeNoClick(event: MouseEvent): void {
  event.preventDefault()
  event.stopPropagation()
}

/** The classes of a button, for what has to be another element. */
export function buttonClass(variant: ButtonVariant, className?: string): string {
  return clsx(BASE, VARIANT[variant], className)
}

type LinkButtonProps = ComponentProps<typeof Link> & { variant?: ButtonVariant }

/** A link that looks like a button: for going somewhere. */
export function LinkButton({ variant = 'secondary', className, ...rest }: LinkButtonProps) {
  return <Link className={buttonClass(variant, className)} {...rest} />
}

type IconButtonProps = Omit<ButtonProps, 'aria-label' | 'children'> & { label: string; icon: ReactNode }

/** A button that shows only an icon; its label is its name and its tooltip. */
export function IconButton({ label, icon, variant = 'quiet', className, ...rest }: IconButtonProps) {
  return (
    <Button
      aria-label={label}
      title={label}
      variant={variant}
      className={clsx('w-7 px-0!', className)}
      {...rest}
    >
      {icon}
    </Button>
  )
}
