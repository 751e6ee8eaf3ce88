import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { dataPiece, isLocalHost, optionName, secretPiece } from './data-piece'
import { NAMED_GUARDS } from './guards'
import { laterPiece } from './later-command'
import { fixedPiece, isFlag, oddExtension, switchPiece, targetPiece } from './piece'
import type { Piece, Reading, RiskFact, ToolGrammar } from './tool-use'

const VERBS: ReadonlySet<string> = new Set(['create', 'delete', 'query', 'change', 'run', 'end', 'showsid'])
const TAKES: ReadonlySet<string> = new Set(
  's u p ru rp tn tr sc mo d m i st et du ri sd ed ec xml rl delay fo'.split(' '),
)
/** Set when it is created how long it waits; elsewhere it has it run at once, and no word follows. */
const IDLE = 'i'
/** When it runs: the same task is set for another time on another host. */
const TIMES: Readonly<Record<string, string>> = {
  st: '<time>',
  et: '<time>',
  sd: '<date>',
  ed: '<date>',
  mo: '<n>',
  ri: '<n>',
  du: '<time>',
  delay: '<time>',
}
const SYSTEM = /^(?:|"?(?:nt[ -]authority\\)?(?:local)?system"?|s-1-5-18)$/
const SERVICES = /^(?:nt[ -]authority\\)?(local ?service|network ?service)$|^s-1-5-(?:19|20)$/
const DEFINITION = new Set(['xml'])
/** Tasks that look after the host: who stops them has something in mind (ATT&CK T1562.001, T1490). */
const GUARDING =
  /\\(?:systemrestore|exploitguard|windowsbackup|windows defender|windows ?update|bitlocker|updateorchestrator(?!\\reboot))\\/
const ALL_TASKS = '*'

/** `joined`: it stands in one word with its option (`/tn:Name`). */
type Option = { name: string; argument: Argument; joined: boolean }

/** What is joined to an option, as a word of its own; null = nothing is. */
function joinedValue(argument: Argument): Argument | null {
  const at = argument.value.search(/[:=]/)
  return at < 0 ? null : { ...argument, value: argument.value.slice(at + 1) }
}

/** Options with the word that each takes, by where the word starts. */
function optionsOf(verb: string, args: readonly Argument[]): ReadonlyMap<number, Option> {
  const found = new Map<number, Option>()
  let option: string | null = null
  for (const argument of args) {
    const name = optionName(argument)
    const value = joinedValue(argument)
    if (option !== null) {
      found.set(argument.start, { name: option, argument, joined: false })
      option = null
    } else if (TAKES.has(name) && value !== null) {
      found.set(argument.start, { name, argument: value, joined: true })
    } else if (TAKES.has(name) && (name !== IDLE || verb === 'create')) option = name
  }
  return found
}

function accountText(clean: string): string {
  if (SYSTEM.test(clean)) return 'system'
  const service = SERVICES.exec(clean)
  return service === null ? '<account>' : (service[1] ?? 'service').replace(' ', '')
}

function definitionPiece(argument: Argument): Piece {
  const piece = targetPiece(argument)
  return { ...piece, facts: [...piece.facts, ...oddExtension(piece.target, DEFINITION)] }
}

/** What is asked runs nothing on the other host. */
const ASKS: ReadonlySet<string> = new Set(['query', 'showsid', 'other'])

function hostPiece(argument: Argument, verb: string, clean: string): Piece {
  if (isLocalHost(clean)) return fixedPiece(argument, 'localhost', 'value')
  return fixedPiece(argument, '<host>', 'masked', ASKS.has(verb) ? [] : ['remote-host'])
}

function valuePiece({ name, argument }: Option, verb: string): Piece {
  const clean = cleanText(argument.value).trim()
  switch (name) {
    case 'tr':
      return laterPiece(argument)
    case 'xml':
      return verb === 'create' ? definitionPiece(argument) : dataPiece(argument)
    case 'tn':
      return fixedPiece(argument, mask(clean.replaceAll('"', '').replace(/^\\/, '')), 'value')
    case 's':
      return hostPiece(argument, verb, clean)
    case 'u':
      return fixedPiece(argument, '<account>', 'masked')
    case 'ru':
      return fixedPiece(argument, accountText(clean), 'masked')
    case 'p':
    case 'rp':
      return secretPiece(argument)
    default:
      return fixedPiece(argument, TIMES[name] ?? mask(clean), 'value')
  }
}

/** One pattern, whether its value is joined to an option or stands behind it. */
function optionPiece(option: Option, verb: string): Piece {
  const piece = valuePiece(option, verb)
  return option.joined ? { ...piece, text: `/${option.name} ${piece.text}` } : piece
}

function isGuard(name: string): boolean {
  return GUARDING.test(name) || NAMED_GUARDS.test(name)
}

function stopsGuard(verb: string, names: readonly string[], args: readonly Argument[]): boolean {
  if (verb === 'delete') return names.some((name) => isGuard(name) || name === ALL_TASKS)
  const isDisabled = verb === 'change' && args.some((one) => optionName(one) === 'disable')
  return isDisabled && names.some(isGuard)
}

function read(line: CommandLine): Reading {
  const verb =
    line.args.map(optionName).find((name) => VERBS.has(name)) ?? (line.args.length === 0 ? 'query' : 'other')
  const options = optionsOf(verb, line.args)
  const pieces = line.args.map((argument) => {
    const option = options.get(argument.start)
    if (option !== undefined) return optionPiece(option, verb)
    return isFlag(argument) ? switchPiece(argument) : dataPiece(argument)
  })
  const told = [...options.values()]
  const names = told
    .filter(({ name }) => name === 'tn')
    .map(({ argument }) => cleanText(argument.value).replaceAll('"', '').trim())
  const started = told.findLast(({ name }) => name === 'tr' || (name === 'xml' && verb === 'create'))
  const target = pieces.find((piece) => piece.start === started?.argument.start)?.target ?? null
  const facts: RiskFact[] = stopsGuard(verb, names, line.args) ? ['weakens-defence'] : []
  return { mode: verb, pieces, target, facts, hosted: null }
}

/** schtasks: one verb on a named task; `/create` and `/change` say what it runs (`/tr`, `/xml`), `/s` on which host. */
export const schtasks: ToolGrammar = { slugs: ['schtasks.exe'], read, hosted: null }
