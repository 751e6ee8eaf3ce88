import { Details } from '@/components/ui/details'
import { InertBlock } from './inert-block'

/** The record as it was read, laid out for reading. */
export function RawEvent({ text }: { text: string | null }) {
  if (text === null) return <p className="mt-3 text-muted">The original record is not kept.</p>
  return (
    <Details className="mt-3">
      <summary className="mb-2 cursor-pointer font-medium">Original record</summary>
      <InertBlock text={layOut(text)} label="Original record" />
    </Details>
  )
}

function layOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
