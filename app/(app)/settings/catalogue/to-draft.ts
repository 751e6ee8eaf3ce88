import type { CatalogueDraft } from '@/lib/operations/catalogue-draft'

/** A submitted form as a draft; `name` where it cannot be changed. What is wrong with it, the operation says. */
export function toDraft(form: FormData, name: string | null): CatalogueDraft {
  const text = (field: string) => String(form.get(field) ?? '').trim()
  const lines = (field: string) =>
    text(field)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  return {
    name: name ?? text('name'),
    kind: text('kind') as CatalogueDraft['kind'],
    tier: text('tier') as CatalogueDraft['tier'],
    platform: text('platform') as CatalogueDraft['platform'],
    originalFileNames: lines('originalFileNames'),
    paths: lines('paths'),
    description: text('description'),
    legitimateUse: text('legitimateUse') || null,
    functions: lines('functions'),
    attack: lines('attack'),
    countermeasures: lines('countermeasures'),
  }
}
