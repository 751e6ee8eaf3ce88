import { InertText } from '@/components/command-line/inert-text'
import { Badge } from '@/components/ui/badge'

type SigningProps = { signed: boolean | null; signer: string | null; status: string | null }

/** Whether a loaded file is signed and by whom, as the sensor said. */
export function Signing({ signed, signer, status }: SigningProps) {
  if (signed === false)
    return (
      <span className="inline-flex items-center gap-1">
        <Badge tone="bad" title="The sensor says that it bears no signature">
          unsigned
        </Badge>
        {status !== null && (
          <span className="text-muted text-small">
            status <InertText text={status} />
          </span>
        )}
      </span>
    )
  if (signed === null && signer === null && status === null)
    return <span className="text-muted">not reported</span>
  return (
    <span className="inline-flex items-center gap-1">
      {status !== null && status !== 'valid' && (
        <Badge tone="warn">
          <InertText text={status} />
        </Badge>
      )}
      {signer === null ? 'signed' : <InertText text={signer} />}
    </span>
  )
}
