import { CopyButton } from '@/components/ui/copy-button'
import { Details } from '@/components/ui/details'
import { Tabs } from '@/components/ui/tabs'
import { today } from '@/lib/clock'
import { baseUrl } from '@/lib/env'
import { patternKql } from '@/lib/pipeline/export/detection/pattern-kql'
import { patternSigmaRule } from '@/lib/pipeline/export/detection/pattern-sigma'
import { patternSplunk } from '@/lib/pipeline/export/detection/pattern-splunk'
import { patternTerms } from '@/lib/pipeline/export/detection/pattern-terms'
import { patternTicket, type TicketFacts } from '@/lib/pipeline/export/detection/pattern-ticket'
import type { Execution } from '@/lib/store/screens/executions/find-execution'
import { InertBlock } from './inert-block'

type CopyAsProps = {
  execution: Execution
  /** Said first in the text for a ticket, before what the record says. */
  judged: TicketFacts
  /** Where the text for a ticket leads. */
  href: string
}

/** An execution's pattern in the languages of other tools, and what is known of it for a ticket. */
export function CopyAs({ execution, judged, href }: CopyAsProps) {
  const { records, slug, signature, attack } = execution
  const spoken = records.find(({ commandLine }) => commandLine !== null) ?? records[0]
  const terms = patternTerms({ ...spoken, slug, host: execution.host })
  const pattern = signature?.pattern ?? slug
  const day = today()
  const texts = [
    { id: 'sigma', label: 'Sigma rule', text: patternSigmaRule(terms, { pattern, attack, day }) },
    { id: 'kql', label: 'KQL', text: patternKql(terms) },
    { id: 'splunk', label: 'Splunk', text: patternSplunk(terms) },
    {
      id: 'ticket',
      label: 'Text for a ticket',
      text: patternTicket(`${execution.binary} on ${execution.host}`, [
        ...judged,
        ...recordFacts(execution, spoken),
        { label: 'Details', value: `${baseUrl()}${href}`, link: true },
      ]),
    },
  ]
  return (
    <Details id="copy" className="mb-6">
      <summary className="cursor-pointer font-medium">Copy as Sigma rule, KQL, Splunk or text</summary>
      <p className="my-2 text-muted">
        The rule and the searches look for this command pattern with this parent. They are suggestions: what
        the pattern leaves open is left out.
      </p>
      <Tabs
        label="Copy as"
        tabs={texts.map(({ id, label, text }) => ({
          id,
          label,
          content: (
            <div className="flex items-start gap-1">
              <div className="min-w-0 flex-1">
                <InertBlock text={text} label={label} />
              </div>
              <CopyButton text={text} label={`Copy ${label}`} />
            </div>
          ),
        }))}
      />
    </Details>
  )
}

function recordFacts({ host, signature }: Execution, record: Execution['records'][0]): TicketFacts {
  return [
    { label: 'Host', value: host },
    { label: 'Time', value: `${new Date(Math.floor(record.key.occurredAtUs / 1000)).toISOString()} (UTC)` },
    { label: 'User', value: record.user ?? record.userSid },
    { label: 'Command line', value: record.commandLine },
    { label: 'Pattern', value: signature?.pattern ?? null },
    { label: 'Image', value: record.image },
    { label: 'SHA256', value: record.hashes.sha256 },
    { label: 'Parent', value: record.parentImage },
    { label: 'Parent command line', value: record.parentCommandLine },
    { label: 'Source', value: record.sourceFile },
  ]
}
