import type { Difference } from './agree'

type Explanation = { reader: string; why: string; fits: (difference: Difference) => boolean }

const isNested = ({ path }: Difference) => path.startsWith('UserData')

/** Why another reader gives another value, where looking at the bytes showed it. */
const EXPLANATIONS: Explanation[] = [
  {
    reader: 'winevtx',
    why: 'size_t is a type it does not know',
    fits: ({ path, ours }) => /\.(ProcessId|HandleId)$/.test(path) && ours.startsWith('0x'),
  },
  {
    reader: 'winevtx',
    why: 'a text ends at its first entity reference',
    fits: ({ ours }) => ours.includes('&'),
  },
  { reader: 'winevtx', why: 'ANSI text is read as UTF-8', fits: ({ theirs }) => theirs.includes('\ufffd') },
  {
    reader: 'winevtx',
    why: 'attributes, text beside them and repeated elements of nested data are mixed up or lost',
    fits: isNested,
  },
  {
    reader: 'winevtx',
    why: 'lost: behind an entity reference, of fields with the same name or none, some binary ones',
    fits: ({ path, theirs }) => path.startsWith('EventData') && (theirs === '' || path === 'EventData.Name'),
  },
  {
    reader: 'evtxexport',
    why: 'the sign of a negative 32-bit number is read wrongly',
    fits: ({ ours }) => ours.startsWith('-'),
  },
  {
    reader: 'evtxexport',
    why: 'text that is XML itself is printed as if it were elements',
    fits: ({ path }) => path.startsWith('EventData.Value'),
  },
  { reader: 'evtxexport', why: 'white space is left out', fits: ({ ours }) => ours.trim() === '' },
  {
    reader: 'python-evtx',
    why: 'an array of texts is printed in one element, with <string> around each',
    fits: ({ path, theirs }) => /\.Data\d*$/.test(path) && (theirs === '' || theirs.startsWith('<string>')),
  },
]

export function explain(reader: string, difference: Difference): string | null {
  return EXPLANATIONS.find((known) => known.reader === reader && known.fits(difference))?.why ?? null
}

/** Why records are read by one reader only, by file name. */
export const RECORD_NOTES: Readonly<Record<string, string>> = {
  'Microsoft-Windows-HelloForBusiness_4Operational.evtx':
    'zeros after the fifth record: other readers print an empty event',
  'sample-with-zero-data-size-event.evtx':
    'record 3 has size 0: other readers print it again and again, or lose the rest of its chunk',
  'sample_with_a_bad_chunk_magic.evtx':
    'chunks without their head: others pass them over; three records they print are zeros in their second half or throughout',
}
