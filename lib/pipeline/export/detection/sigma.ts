import { imageNames, originalNames } from '../placed-block'
import { fileNamePart } from '../text/inert-text'
import { sigmaLiteral, sigmaYaml } from '../text/sigma'
import type { DetectionLanguage, DetectionRule, KnownUse, Spared } from './detection'

/** Sigma: evaluated by Cordon itself as well (Settings, Sigma rules). */
export const SIGMA_DETECTION: DetectionLanguage = {
  id: 'sigma',
  label: 'Sigma',
  write: (rule) => ({ name: `${fileNamePart(rule.title)}.yml`, about: rule.title, text: sigmaText(rule) }),
  deploy: [
    'Convert with sigma-cli and your product’s pipeline, or load the files in Cordon under Settings, Sigma rules.',
    'A field that an event does not carry makes no hit: hosts without command lines are judged by parents only where the rule says so.',
  ],
}

const CATEGORY: Readonly<Record<DetectionRule['event'], string>> = {
  'process-start': 'process_creation',
  'module-load': 'image_load',
  connection: 'network_connection',
}

type Search = Record<string, string | readonly string[]>

function sigmaText(rule: DetectionRule): string {
  const searches = sparedSearches(rule.spared)
  const filters = rule.spared.map((one, index) => termOf(one, index))
  const document = {
    title: rule.title,
    id: rule.id,
    status: 'experimental',
    description: rule.description,
    author: 'Cordon',
    ...(rule.entry.attack.length > 0 && {
      tags: rule.entry.attack.map((id) => `attack.${id.toLowerCase()}`),
    }),
    logsource: { category: CATEGORY[rule.event], product: rule.entry.platform },
    detection: {
      selection: selectionOf(rule),
      ...searches,
      condition: ['selection', ...filters.map((filter) => `not (${filter})`)].join(' and '),
    },
    falsepositives: ['A new but legitimate use: rule on it in Cordon, and export again'],
    level: rule.level,
  }
  return sigmaYaml(document)
}

function selectionOf({ entry, event }: DetectionRule): readonly Search[] {
  // a script runs in its host's process, which names it
  if (entry.kind === 'script') return [{ 'CommandLine|contains': imageNames(entry).map(sigmaLiteral) }]
  const image = {
    [`${event === 'module-load' ? 'ImageLoaded' : 'Image'}|endswith`]: imageNames(entry)
      .map((name) => `${separatorOf(entry.platform)}${name}`)
      .map(sigmaLiteral),
  }
  // connections carry no original name
  if (event === 'connection') return [{ ...image, Initiated: 'true' }]
  return entry.platform === 'macos'
    ? [image]
    : [image, { OriginalFileName: originalNames(entry).map(sigmaLiteral) }]
}

function separatorOf(platform: string): string {
  return platform === 'macos' ? '/' : '\\'
}

function sparedSearches(spared: readonly Spared[]): Record<string, Search> {
  const searches: Record<string, Search> = {}
  spared.forEach(({ parents, uses, users }, index) => {
    if (parents) searches[`parents_${index}`] = { ParentImage: parents.flatMap(parentImages) }
    if (users) searches[`users_${index}`] = { User: users.map(sigmaLiteral) }
    uses?.forEach((use, at) => {
      searches[`use_${index}_${at}`] = searchOf(use)
    })
  })
  return searches
}

function termOf({ parents, uses, users }: Spared, index: number): string {
  const terms = [parents && `parents_${index}`, users && `users_${index}`, uses && `1 of use_${index}_*`]
  return terms.filter((term) => term !== undefined).join(' and ')
}

/** A parent with its folder, and by its bare name as some sources print it. */
function parentImages(name: string): string[] {
  const text = name.split('*').map(sigmaLiteral).join('*')
  return [`*\\\\${text}`, `*/${text}`, text]
}

function searchOf(use: KnownUse): Search {
  return use.kind === 'bare'
    ? { 'CommandLine|endswith': use.ends.map(sigmaLiteral) }
    : { 'CommandLine|contains|all': use.all.map(sigmaLiteral) }
}
