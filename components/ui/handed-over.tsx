import { CopyButton } from './copy-button'

/** A text that is shown once, to be taken along: a secret, a link. `name` is what tests know it by. */
export function HandedOver({ name, text, copy }: { name: string; text: string; copy: string }) {
  return (
    <div className="flex items-center gap-2 rounded border bg-surface px-2 py-1">
      <code data-testid={name} className="wrap-anywhere min-w-0 flex-1">
        {text}
      </code>
      <CopyButton text={text} label={copy} />
    </div>
  )
}
