import type { Signature } from '@/lib/pipeline/baseline/signature'
import { isByMakerIn, isUnsignedValue } from '@/lib/pipeline/baseline/trait/module-trait'

/** Whether what it loads from there bears a valid signature of whom its folder is named after, and nothing that it loads is unsigned. */
function isSignedByMaker({ target, traits }: Signature): boolean {
  const loaded = traits.module ?? []
  return (
    target !== null &&
    loaded.some((value) => isByMakerIn(value, target.class)) &&
    !loaded.some(isUnsignedValue)
  )
}

const NAME_LENGTH_MIN = 4
/** The first folder below those that everybody has, of the first such path. */
const FOLDER = /<(?:program-data|roaming|local)>\\([^\\,]{1,64})\\/

/** Whether an installed program loads it that bears the name of the folder it lies in: only an administrator could have put such a program there. */
function isLoadedByMaker({ pattern, parentName, features }: Signature): boolean {
  if (features.parent?.endsWith(' @ program-files') !== true || parentName === null) return false
  const [name = ''] = (FOLDER.exec(pattern ?? '')?.[1] ?? '').match(/[a-z]+/) ?? []
  return name.length >= NAME_LENGTH_MIN && name !== 'microsoft' && parentName.includes(name)
}

/** Whether what it loads from where users can write is its product's own, by who signed it or who loads it. */
export function isMakersOwn(signature: Signature): boolean {
  return isSignedByMaker(signature) || isLoadedByMaker(signature)
}

/** Products keep to a folder of their vendor and one of their own; what is dropped lies on top. Microsoft's folders there are dropped into as well. */
const PRODUCT_DATA = /<program-data>\\(?!microsoft\\)[^\\,]{1,64}\\[^\\,]{1,64}\\/

/** Whether it lies deep enough in ProgramData to be a product's. */
export function isProductData({ pattern }: Signature): boolean {
  return pattern !== null && PRODUCT_DATA.test(pattern)
}
