import { catalogueVersion, loadCatalogue } from '@/lib/store/catalogue'
import type { Db } from '@/lib/store/sql'
import { type Recogniser, toRecogniser } from './recogniser'

/** The catalogue as it stands, ready to recognise executions. */
export async function loadRecogniser(db: Db): Promise<Recogniser> {
  return toRecogniser(await loadCatalogue(db))
}

const current = new WeakMap<Db, { version: string; recogniser: Promise<Recogniser> }>()

/** The same for those who ask often: read again only when the catalogue has changed. */
export function currentRecogniser(db: Db): Promise<Recogniser> {
  return catalogueVersion(db).then((version) => {
    const known = current.get(db)
    if (known?.version === version) return known.recogniser
    const recogniser = loadRecogniser(db)
    // a failure is not worth keeping
    recogniser.catch(() => current.delete(db))
    current.set(db, { version, recogniser })
    return recogniser
  })
}
