import type { CatalogueEntry } from '@/lib/pipeline/catalogue/entry'
import { imageFolderExpected } from '@/lib/pipeline/catalogue/image-folder'
import type { ToolUse } from '@/lib/pipeline/catalogue/tools/tool-use'
import type { ProcessCreation } from '@/lib/pipeline/event/event'
import { hash64 } from '@/lib/pipeline/hash'
import { hasDeceptiveCharacters } from '@/lib/pipeline/normalise/command-line/fold-characters'
import { classifyPath, type PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import { storableText } from '@/lib/pipeline/storable-text'
import { SINGLE_FEATURES, TRAITS } from './features'
import { habitOf } from './habit'
import { identityOf } from './identity'
import { isOperatingSystemUse } from './operating-system-use'
import { parentOf } from './parent'
import type { Signature } from './signature'
import { isShellValue } from './trait/child-trait'
import { isExternalValue } from './trait/destination-trait'
import { isUnsignedValue } from './trait/module-trait'
import { type Traits, UNREPORTED } from './trait/traits'
import { userClass } from './user-class'

/** What of an execution is compared; null = not reported by its source. */
export type ExecutionFields = Pick<
  ProcessCreation,
  | 'image'
  | 'originalFileName'
  | 'parentImage'
  | 'parentCommandLine'
  | 'grandparentImage'
  | 'user'
  | 'userSid'
  | 'integrityLevel'
> & {
  /** The binary that ran, as the catalogue knows it. */
  entry: CatalogueEntry
}

function joined(separator: string, ...parts: readonly (string | null)[]): string | null {
  return parts.includes(null) ? null : parts.join(separator)
}

function nameOf(program: string | null): string | null {
  return program?.slice(0, program.indexOf(' @ ')) ?? null
}

/** Patterns and names are cut to a length, perhaps within a character: JSON in the database takes no half ones. */
function storable(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : storableText(text)
}

function withId(content: Omit<Signature, 'id'>): Signature {
  const { features, traits, facts, target, ...rest } = content
  const id = hash64(
    rest.slug,
    rest.hosted,
    rest.mode,
    rest.pattern,
    rest.shape,
    target?.class ?? null,
    target?.extension ?? null,
    ...SINGLE_FEATURES.map((feature) => features[feature]),
    ...TRAITS.map((trait) => JSON.stringify(traits[trait])),
    rest.parentName,
    String(rest.imageFolderExpected),
    String(rest.renamed),
    String(rest.impostor),
    String(rest.deceptiveName),
    String(rest.operatingSystemUse),
    ...facts,
  )
  return { id, ...content }
}

/** Whether what the process did after its start is worth a second look, whoever started it. */
function actedOddly({ module, destination, child }: Traits): boolean {
  return (
    (module?.some(isUnsignedValue) ?? false) ||
    (destination?.some(isExternalValue) ?? false) ||
    (child?.some(isShellValue) ?? false)
  )
}

/** The signature of an execution; `use` is what its tool's grammar read, null where no command line was reported. */
export function toSignature(
  fields: ExecutionFields,
  use: ToolUse | null,
  traits: Traits = UNREPORTED,
): Signature {
  return signatureOf(fields, circumstancesOf(fields), use, traits)
}

/** Who started an execution as whom, as far as it is compared: thousands of names come down to a few kinds. */
type Circumstances = {
  parent: string | null
  parentClass: PathClass | null
  grandparent: string | null
  user: string | null
}

export function circumstancesOf(fields: Omit<ExecutionFields, 'entry'>): Circumstances {
  return {
    parent: storable(parentOf(fields.parentImage, fields.parentCommandLine)),
    parentClass: fields.parentImage === null ? null : classifyPath(fields.parentImage),
    grandparent: storable(parentOf(fields.grandparentImage, null)),
    user: userClass(fields.user, fields.userSid, fields.integrityLevel),
  }
}

/** What of a use is compared. */
export type ComparedUse = Pick<ToolUse, 'mode' | 'pattern' | 'shape' | 'facts' | 'hosted'> & {
  target: Signature['target']
}

/** The same from what it comes down to: where all of this is alike, signatures are. */
export function signatureOf(
  { entry, image, originalFileName }: Pick<ExecutionFields, 'entry' | 'image' | 'originalFileName'>,
  { parent, parentClass, grandparent, user }: Circumstances,
  use: ComparedUse | null,
  traits: Traits,
): Signature {
  const pattern = storable(use?.pattern)
  const shape = storable(use?.shape)
  const identity = identityOf(entry, image, originalFileName)
  const parentName = nameOf(parent)
  const target = use?.target ? { class: use.target.class, extension: storable(use.target.extension) } : null
  const facts = use?.facts ?? []
  return withId({
    slug: entry.slug,
    hosted: use?.hosted ?? null,
    mode: use?.mode ?? null,
    pattern,
    shape,
    target,
    features: {
      pattern,
      shape,
      parent,
      pair: joined(' > ', parent, shape),
      lineage: joined(' > ', grandparent, parent, entry.slug),
      user,
      identity: storable(identity.value),
      tool: entry.slug,
      habit: habitOf(parentName, parent, { pattern, shape }),
    },
    traits,
    facts,
    parentName,
    imageFolderExpected: imageFolderExpected(entry, image),
    renamed: identity.renamed,
    impostor: identity.impostor,
    deceptiveName: hasDeceptiveCharacters(image),
    operatingSystemUse:
      !actedOddly(traits) &&
      isOperatingSystemUse({
        parentName,
        parent,
        parentClass,
        imageClass: identity.imageClass,
        targetClass: target?.class ?? null,
        shape,
        facts,
      }),
  })
}
