import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Badge, type Tone } from '@/components/ui/badge'
import { Details } from '@/components/ui/details'
import { Link } from '@/components/ui/link'
import { countOf } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import { PageName } from '@/components/ui/page-name'
import { requireActor } from '@/lib/access/current-actor'
import { compareBundles, type FileChange } from '@/lib/pipeline/export/bundle'
import { loadVersionPair } from '@/lib/store/screens/policies'
import type { SearchParams } from '@/lib/store/screens/table-request'
import { SideBySide } from './side-by-side'

export const metadata: Metadata = { title: 'Changes of policies' }

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> }

export default async function ChangesPage({ params, searchParams }: Props) {
  const { scope } = await requireActor()
  const [later, earlier] = [toId((await params).id), toId((await searchParams)['with'])]
  const pair = later === null || earlier === null ? null : await loadVersionPair(scope, earlier, later)
  if (pair === null) notFound()
  const changes = compareBundles(pair.before, pair.after)
  const title = `Version ${later} against version ${earlier}`
  return (
    <Section
      title={title}
      description={summary(changes)}
      actions={
        <Link href="/policies/versions" className="text-accent hover:underline">
          All versions
        </Link>
      }
    >
      <PageName name={title} />
      {changes.length === 0 && (
        <p className="rounded border px-3 py-4 text-muted">Only the manifest is another.</p>
      )}
      <ul className="space-y-3">
        {changes.map((change) => (
          <li key={change.path} className="rounded border px-3 py-2">
            <Details open={change.change === 'changed'}>
              <summary className="cursor-pointer">
                <Badge tone={TONES[change.change]}>{WORDS[change.change]}</Badge>
                <code className="wrap-anywhere ml-2">{change.path}</code>
              </summary>
              <SideBySide before={change.before} after={change.after} label={change.path} />
            </Details>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const TONES: Readonly<Record<FileChange['change'], Tone>> = { added: 'good', removed: 'bad', changed: 'info' }
const WORDS: Readonly<Record<FileChange['change'], string>> = {
  added: 'Added',
  removed: 'Removed',
  changed: 'Changed',
}

function summary(changes: readonly FileChange[]): string {
  const of = (kind: FileChange['change']) => changes.filter(({ change }) => change === kind).length
  return `${countOf(of('added'), 'file')} added, ${of('removed')} removed, ${of('changed')} changed.`
}

function toId(value: string | string[] | undefined): number | null {
  return typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : null
}
