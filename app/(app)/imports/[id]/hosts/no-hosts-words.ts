import type { UploadRow } from '@/lib/store/screens/imports'
import { READING, TAKEN } from '../steps-of'

type Import = Pick<UploadRow, 'state' | 'channel'> & {
  /** As ImportHosts has it. */
  complete: boolean
  /** Nothing is out of the reader's sight. */
  seesAll: boolean
}

/** Why an import has no hosts to list: only where that is known is it said to have brought none. */
export function noHostsWords({ state, channel, complete, seesAll }: Import): { title: string; text: string } {
  if (TAKEN.includes(state))
    return { title: 'It was taken back', text: 'What it brought of hosts is gone, or goes.' }
  if (channel === 'shipper')
    return {
      title: 'What shippers send is not noted by host',
      text: 'The page of hosts tells when each of them sent last, and what.',
    }
  if (!complete)
    return {
      title: 'Its hosts were not noted',
      text: 'It was read before Cordon noted what an import tells of hosts, and brought no executions that are kept.',
    }
  if (READING.includes(state))
    return { title: 'No host yet', text: 'A host appears with the first record of it that is stored.' }
  return {
    title: `It tells of no host${seesAll ? '' : ' in your sight'}`,
    text: 'Records that name no host are rejected. A host that was forgotten, or of which all days are older than what is kept, is not listed.',
  }
}
