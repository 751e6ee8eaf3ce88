import type { ReactNode } from 'react'
import { CommandLine } from '@/components/command-line/command-line'
import { InertText } from '@/components/command-line/inert-text'
import { KeyValueList } from '@/components/ui/key-value-list'
import { Link } from '@/components/ui/link'
import { Timestamp } from '@/components/ui/time'
import type { TimeSource } from '@/lib/pipeline/event/event'
import type { SensorRecord } from '@/lib/store/screens/executions/find-execution'
import { SENSOR_LABELS } from './sensor-labels'

const TIME_SOURCE_WORDS: Record<TimeSource, string> = {
  'utc-time': "from the record's own UTC time",
  'time-created': 'when the log took it in',
  repaired: 'repaired: the record proves that its exporter shifted the time',
  'zone-unknown': 'local time as printed: nothing says in which zone',
}

/** Every field of one sensor's record, in Sysmon's words. */
export function RecordFields({ record }: { record: SensorRecord }) {
  const { hashes } = record
  return (
    <KeyValueList
      items={[
        { label: 'Sensor', value: SENSOR_LABELS[record.sensor] },
        {
          label: 'Time',
          value: (
            <>
              <Timestamp at={record.key.occurredAtUs} exact />{' '}
              <span className="text-muted">({TIME_SOURCE_WORDS[record.timeSource]})</span>
            </>
          ),
        },
        { label: 'Host as printed', value: plain(record.printedHost) },
        { label: 'Image', value: code(record.image) },
        { label: 'OriginalFileName', value: code(record.originalFileName) },
        { label: 'ProcessId', value: record.pid },
        { label: 'ProcessGuid', value: code(record.processGuid) },
        { label: 'User', value: plain(record.user) },
        { label: 'User SID', value: code(record.userSid) },
        { label: 'IntegrityLevel', value: record.integrityLevel },
        { label: 'LogonId', value: code(record.logonId) },
        { label: 'ParentImage', value: code(record.parentImage) },
        {
          label: 'ParentCommandLine',
          value: record.parentCommandLine && (
            <CommandLine text={record.parentCommandLine} image={record.parentImage ?? ''} />
          ),
        },
        { label: 'ParentProcessId', value: record.parentPid },
        { label: 'ParentProcessGuid', value: code(record.parentGuid) },
        ...(record.grandparentImage === null
          ? []
          : [{ label: 'Grandparent', value: code(record.grandparentImage) }]),
        { label: 'MD5', value: hash(hashes.md5) },
        { label: 'SHA1', value: hash(hashes.sha1) },
        { label: 'SHA256', value: hash(hashes.sha256) },
        { label: 'IMPHASH', value: hash(hashes.imphash) },
        ...(record.signer === null ? [] : [{ label: 'Signer', value: plain(record.signer) }]),
        {
          label: 'Source',
          value: (
            <>
              <Link className="link" href={`/imports/${record.uploadId}`}>
                <InertText text={record.sourceFile} />
              </Link>
              {record.recordId !== null && `, record ${record.recordId}`}
            </>
          ),
        },
      ]}
    />
  )
}

function plain(text: string | null): ReactNode {
  return text === null ? null : <InertText text={text} />
}

function code(text: string | null): ReactNode {
  return text === null ? null : (
    <code className="wrap-anywhere">
      <InertText text={text} />
    </code>
  )
}

/** A hash leads to everything else that ran the same file. */
function hash(text: string | null): ReactNode {
  if (text === null) return null
  return (
    <Link className="link" href={`/executions?q=${text}&days=all`}>
      <code className="wrap-anywhere">{text}</code>
    </Link>
  )
}
