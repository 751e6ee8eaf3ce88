import { PathText } from '@/components/command-line/path-text'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Section } from '@/components/ui/page-header'
import type { BinaryHeader } from '@/lib/store/screens/binary/view'

const TECHNIQUE = /^T(\d{4})(?:\.(\d{3}))?$/

/** What the catalogue knows of a binary. */
export function About({ entry }: { entry: BinaryHeader }) {
  return (
    <Section title="What it is">
      <KeyValueList
        items={[
          { label: 'Needed for', value: entry.legitimateUse },
          { label: 'Can be used to', value: listed(entry.functions) },
          { label: 'ATT&CK', value: <Techniques ids={entry.attack} /> },
          { label: 'Countermeasures', value: listed(entry.countermeasures) },
          { label: 'Original names', value: listed(entry.originalFileNames) },
          { label: 'Expected in', value: <Paths paths={entry.paths} /> },
        ]}
      />
    </Section>
  )
}

function listed(values: readonly string[]) {
  return values.length > 0 ? values.join(', ') : <span className="text-muted">none listed</span>
}

function Techniques({ ids }: { ids: readonly string[] }) {
  if (ids.length === 0) return <span className="text-muted">none listed</span>
  return (
    <ul className="flex flex-wrap gap-x-3">
      {ids.map((id) => (
        <li key={id}>
          <a href={techniqueUrl(id)} rel="noreferrer" target="_blank" className="text-accent hover:underline">
            {id}
          </a>
        </li>
      ))}
    </ul>
  )
}

function techniqueUrl(id: string): string {
  const [, technique = '', part] = TECHNIQUE.exec(id) ?? []
  return `https://attack.mitre.org/techniques/T${technique}/${part === undefined ? '' : `${part}/`}`
}

function Paths({ paths }: { paths: readonly string[] }) {
  if (paths.length === 0) return <span className="text-muted">no published folder</span>
  return (
    <ul>
      {paths.map((path) => (
        <li key={path}>
          <PathText path={path} />
        </li>
      ))}
    </ul>
  )
}
