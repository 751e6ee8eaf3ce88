import type { UploadRow } from '@/lib/store/screens/imports'

type Read = Pick<UploadRow, 'state' | 'files' | 'filesRejected'>

/** The state as people are told it: an import is done when it was gone through, though nothing of it could be read. */
export function shownState({ state, files, filesRejected }: Read): string {
  return state === 'done' && files > 0 && filesRejected === files ? 'rejected' : state
}
