import { clsx } from 'clsx'
import { type ComponentProps, type KeyboardEvent, type ReactNode, useId } from 'react'

type Described = {
  label: string
  /** A line under the control. */
  hint?: ReactNode
  /** What is wrong with the value. */
  error?: string | undefined
  /** Keeps the label for screen readers only. */
  labelHidden?: boolean
}

type FrameProps = Described & { id: string; children: ReactNode; className?: string | undefined }

function Frame({ id, label, hint, error, labelHidden = false, children, className }: FrameProps) {
  return (
    <div className={clsx('flex flex-col gap-1', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'font-medium'}>
        {label}
      </label>
      {children}
      {Boolean(error ?? hint) && (
        <p id={`${id}-note`} className={clsx('text-small', error === undefined ? 'text-muted' : 'text-bad')}>
          {error ?? hint}
        </p>
      )}
    </div>
  )
}

function describe(id: string, { hint, error }: Described) {
  return {
    ...(Boolean(error ?? hint) && { 'aria-describedby': `${id}-note` }),
    ...(error !== undefined && { 'aria-invalid': true }),
  }
}

type FieldProps<Tag extends 'input' | 'select' | 'textarea'> = Described & Omit<ComponentProps<Tag>, 'id'>

/** A labelled text input (also password, email, search, number, date by `type`). */
export function TextField({ label, hint, error, labelHidden, className, ...rest }: FieldProps<'input'>) {
  const id = useId()
  const described = {
    label,
    hint,
    ...(error !== undefined && { error }),
    ...(labelHidden && { labelHidden }),
  }
  return (
    <Frame id={id} className={className} {...described}>
      <input id={id} className="control w-full" {...describe(id, described)} {...rest} />
    </Frame>
  )
}

type Option = { value: string; label: string; disabled?: boolean }

/** A labelled native select. */
export function SelectField(props: FieldProps<'select'> & { options: readonly Option[] }) {
  const { label, hint, error, labelHidden, className, options, ...rest } = props
  const id = useId()
  const described = {
    label,
    hint,
    ...(error !== undefined && { error }),
    ...(labelHidden && { labelHidden }),
  }
  return (
    <Frame id={id} className={className} {...described}>
      <select id={id} className="control w-full" {...describe(id, described)} {...rest}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  )
}

/** A labelled multi-line text; Ctrl Enter (⌘ Enter) sends its form. */
export function TextareaField({
  label,
  hint,
  error,
  labelHidden,
  className,
  ...rest
}: FieldProps<'textarea'>) {
  const id = useId()
  const described = {
    label,
    hint,
    ...(error !== undefined && { error }),
    ...(labelHidden && { labelHidden }),
  }
  return (
    <Frame id={id} className={className} {...described}>
      <textarea
        id={id}
        rows={3}
        className="control w-full py-1"
        onKeyDown={submitByKey}
        {...describe(id, described)}
        {...rest}
      />
    </Frame>
  )
}

function submitByKey(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
  event.preventDefault()
  // by its button, as Enter in a line does: not while that is busy or disabled
  event.currentTarget.form?.querySelector<HTMLElement>('[type=submit]')?.click()
}

type TickProps = Omit<ComponentProps<'input'>, 'type' | 'id'> & { label: ReactNode }

export function Checkbox(props: TickProps) {
  return <Tick type="checkbox" {...props} />
}

/** One of several with the same `name`. */
export function Radio(props: TickProps) {
  return <Tick type="radio" {...props} />
}

function Tick({ type, label, className, ...rest }: TickProps & { type: 'checkbox' | 'radio' }) {
  return (
    <label className={clsx('inline-flex items-center gap-2', className)}>
      <input type={type} className="size-3.5 accent-(--accent-fill)" {...rest} />
      <span>{label}</span>
    </label>
  )
}
