import { FEATURES } from '@/lib/pipeline/baseline/features'
import type { Signature } from '@/lib/pipeline/baseline/signature'
import { hash64 } from '@/lib/pipeline/hash'

type Traits = Partial<Omit<Signature, 'id' | 'features'>> & {
  features?: Partial<Signature['features']>
}

/** An unremarkable rundll32 signature, changed by `traits`: what the tests of this folder score. */
export function exampleSignature(traits: Traits = {}): Signature {
  const slug = traits.slug ?? 'rundll32.exe'
  const pattern = traits.pattern === undefined ? 'printui.dll printuientry' : traits.pattern
  const shape = traits.shape === undefined ? `${slug} | export | system dll` : traits.shape
  const parentName = traits.parentName === undefined ? 'explorer.exe' : traits.parentName
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
    ...traits.features,
  }
  const content = {
    hosted: null,
    mode: 'export',
    target: null,
    facts: [],
    imageFolderExpected: true,
    renamed: false,
    impostor: false,
    operatingSystemUse: false,
    ...traits,
    slug,
    pattern,
    shape,
    parentName,
    features,
  }
  const flags = [content.renamed, content.impostor, content.operatingSystemUse, content.imageFolderExpected]
  const id = hash64(slug, ...FEATURES.map((feature) => features[feature]), ...content.facts, flags.join())
  return { id, ...content }
}
