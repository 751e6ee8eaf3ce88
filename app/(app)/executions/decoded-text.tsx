import { InertText } from '@/components/command-line/inert-text'
import { CopyButton } from '@/components/ui/copy-button'
import { Details } from '@/components/ui/details'
import { countOf } from '@/components/ui/numbers'
import { type Decoded, decode } from '@/lib/pipeline/normalise/decode/decode'
import type { Encoding } from '@/lib/pipeline/normalise/decode/stretch'
import { InertBlock } from './inert-block'

const WORDS: Record<Encoding, string> = {
  escapes: 'Without escapes and joined',
  variables: 'With variables as on a default installation',
  'base64-utf-16': 'Base64 of UTF-16, as PowerShell encodes commands',
  base64: 'Base64',
  'base64-data': 'Base64 of data, not shown',
  'url-escapes': 'Escapes of an address',
  'script-escapes': 'Escapes of a script',
}
/** Of the encoded stretch, what says where it is. */
const EXCERPT = 48

/** What is encoded in a command line, a layer within the other, opened on demand; nothing where nothing is. */
export function DecodedText({ commandLine }: { commandLine: string | null }) {
  const found = commandLine === null ? [] : decode(commandLine)
  if (commandLine === null || found.length === 0) return null
  return (
    <Details className="mt-2">
      <summary className="cursor-pointer font-medium">
        Decoded ({countOf(count(found), 'stretch', 'stretches')})
      </summary>
      <p className="mt-1 mb-2 text-muted text-small">Read as text; nothing in it was run or fetched.</p>
      <Layer of={commandLine} found={found} />
    </Details>
  )
}

function Layer({ of, found }: { of: string; found: readonly Decoded[] }) {
  return (
    <ol className="space-y-3">
      {found.map((one) => (
        <li key={one.start} className="border-l-2 pl-3">
          <div className="mb-1 flex flex-wrap items-center gap-x-2 text-small">
            <span className="font-medium">{WORDS[one.encoding]}</span>
            {(one.start > 0 || one.end < of.length) && (
              <code className="text-muted">
                <InertText text={excerpt(of.slice(one.start, one.end))} />
              </code>
            )}
            {one.encoding !== 'base64-data' && <CopyButton text={one.text} label="Copy decoded text" />}
          </div>
          <InertBlock text={one.text} label={WORDS[one.encoding]} />
          {one.cut && <p className="mt-1 text-muted text-small">More was there than is decoded.</p>}
          {one.inner.length > 0 && (
            <div className="mt-2">
              <Layer of={one.text} found={one.inner} />
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}

function excerpt(text: string): string {
  return text.length <= EXCERPT ? text : `${text.slice(0, EXCERPT - 12)}…${text.slice(-11)}`
}

function count(found: readonly Decoded[]): number {
  return found.reduce((sum, { inner }) => sum + 1 + count(inner), 0)
}
