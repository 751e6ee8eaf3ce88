import { SINGLE_FEATURES, TRAITS } from '@/lib/pipeline/baseline/features'
import { habitOf } from '@/lib/pipeline/baseline/habit'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import { UNREPORTED } from '@/lib/pipeline/baseline/trait/traits'
import { hash64 } from '@/lib/pipeline/hash'

type Changes = Partial<Omit<Signature, 'id' | 'features' | 'traits'>> & {
  features?: Partial<Signature['features']>
  traits?: Partial<Signature['traits']>
}

/** An unremarkable rundll32 signature, changed by `changes`: what the tests of this folder score. */
export function exampleSignature(changes: Changes = {}): Signature {
  const slug = changes.slug ?? 'rundll32.exe'
  const pattern = changes.pattern === undefined ? 'printui.dll printuientry' : changes.pattern
  const shape = changes.shape === undefined ? `${slug} | export | system dll` : changes.shape
  const parentName = changes.parentName === undefined ? 'explorer.exe' : changes.parentName
  const parent = parentName === null ? null : `${parentName} @ system`
  const features: Signature['features'] = {
    pattern,
    shape,
    parent,
    pair: parent === null || shape === null ? null : `${parent} > ${shape}`,
    lineage: null,
    user: 'standard user, medium',
    identity: 'system',
    tool: slug,
    habit: habitOf(parentName, parent, { pattern, shape }),
    ...changes.features,
  }
  const content = {
    hosted: null,
    mode: 'export',
    target: null,
    facts: [],
    imageFolderExpected: true,
    renamed: false,
    impostor: false,
    deceptiveName: false,
    operatingSystemUse: false,
    ...changes,
    slug,
    pattern,
    shape,
    parentName,
    features,
    traits: { ...UNREPORTED, ...changes.traits },
  }
  const flags = [
    content.renamed,
    content.impostor,
    content.deceptiveName,
    content.operatingSystemUse,
    content.imageFolderExpected,
  ]
  const values = [
    ...SINGLE_FEATURES.map((feature) => features[feature]),
    ...TRAITS.map((trait) => JSON.stringify(content.traits[trait])),
  ]
  const id = hash64(slug, ...values, ...content.facts, flags.join())
  return { id, ...content }
}
