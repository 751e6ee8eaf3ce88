import { visible } from '@/lib/pipeline/visible-text'
import { stableId } from '../stable-id'
import { sigmaLiteral, sigmaYaml } from '../text/sigma'
import type { PatternTerms } from './pattern-terms'

/** What a rule says of itself. */
export type PatternHeading = {
  /** The pattern. */
  pattern: string
  /** ATT&CK techniques of the binary, such as T1218.011. */
  attack: readonly string[]
  /** Day of writing, 'YYYY-MM-DD'. */
  day: string
}

const LONGEST_TITLE = 200

/** A Sigma rule for executions of one pattern. Its own Sigma engine reads it, and it is a hit of the execution that it was made of. */
export function patternSigmaRule(terms: PatternTerms, { pattern, attack, day }: PatternHeading): string {
  const selections: Record<string, unknown> = {
    image: [
      { 'Image|endswith': sigmaLiteral(terms.image) },
      ...(terms.originalFileName === null
        ? []
        : [{ OriginalFileName: sigmaLiteral(terms.originalFileName) }]),
    ],
    ...(terms.terms.length > 0 && {
      command_line: { 'CommandLine|contains|all': terms.terms.map(sigmaLiteral) },
    }),
    ...(terms.commandLine !== null && { command_line: { CommandLine: sigmaLiteral(terms.commandLine) } }),
    ...(terms.parent !== null && { parent: { 'ParentImage|endswith': sigmaLiteral(terms.parent) } }),
  }
  return sigmaYaml({
    title: visible(`Use of ${pattern}`.toWellFormed()).slice(0, LONGEST_TITLE).toWellFormed(),
    // what is looked for tells rules apart: written of another run of the pattern, it is the same rule
    id: stableId('detection', 'pattern', JSON.stringify(selections)),
    status: 'experimental',
    description: 'Made from one recorded execution and its command pattern. Check it against your own logs.',
    date: day,
    tags: attack.map((technique) => `attack.${technique.toLowerCase()}`),
    logsource: { category: 'process_creation', product: 'windows' },
    detection: { ...selections, condition: Object.keys(selections).join(' and ') },
    falsepositives: ['Whatever uses this pattern for good'],
    level: 'medium',
  })
}
