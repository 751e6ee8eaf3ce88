import type { ProcessCreation } from '@/lib/pipeline/event/event'

/** What several sensors' records of one process can say of it. */
export type MergedFields = Pick<
  ProcessCreation,
  | 'image'
  | 'originalFileName'
  | 'commandLine'
  | 'parentImage'
  | 'parentCommandLine'
  | 'grandparentImage'
  | 'user'
  | 'userSid'
  | 'integrityLevel'
  | 'currentDirectory'
  | 'logonId'
  | 'hashes'
>

/** The first record that has a field gives it; records in the order of SENSORS, at least one, which of one is the answer. */
export function mergeRecords(records: readonly [MergedFields, ...MergedFields[]]): MergedFields {
  const [first, ...others] = records
  if (others.length === 0) return first
  const merged = { ...first }
  for (const other of others) {
    merged.originalFileName ??= other.originalFileName
    merged.commandLine ??= other.commandLine
    merged.parentImage ??= other.parentImage
    merged.parentCommandLine ??= other.parentCommandLine
    merged.grandparentImage ??= other.grandparentImage
    merged.user ??= other.user
    merged.userSid ??= other.userSid
    merged.integrityLevel ??= other.integrityLevel
    merged.currentDirectory ??= other.currentDirectory
    merged.logonId ??= other.logonId
    merged.hashes ??= other.hashes
  }
  return merged
}
