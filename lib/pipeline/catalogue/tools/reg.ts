import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { mask } from '@/lib/pipeline/normalise/command-line/mask'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { dataPiece, optionName } from './data-piece'
import { laterPiece } from './later-command'
import { fixedPiece, isFlag, oddExtension, switchPiece, targetPiece } from './piece'
import { asksGuard, forwardsPorts, opensFirewall, opensGuard, removesGuard } from './registry-guards'
import { type RegistryKey, readKey } from './registry-key'
import { type StartValue, startValueAt } from './registry-starts'
import { namesSecrets } from './secret-files'
import type { Piece, Reading, RiskFact, ToolGrammar } from './tool-use'

const VERBS: ReadonlySet<string> = new Set(
  'query add delete copy save restore load unload compare export import flags'.split(' '),
)
/** Options that a word follows, by verb: what `/f` and `/s` mean differs. */
const TAKES: Readonly<Record<string, ReadonlySet<string>>> = {
  query: new Set(['v', 'f', 't', 'se']),
  add: new Set(['v', 't', 's', 'd']),
  delete: new Set(['v']),
  compare: new Set(['v']),
}
const NONE: ReadonlySet<string> = new Set()
/** How many keys stand before the file, by verb. */
const KEYS: Readonly<Record<string, number>> = { copy: 2, compare: 2, import: 0 }
const REGISTRY_FILE = new Set(['reg'])

/** What a verb was told: positional words and the words of options. */
type Words = { keys: readonly Argument[]; files: readonly Argument[]; options: ReadonlyMap<string, Argument> }

function wordsOf(verb: string, args: readonly Argument[]): Words {
  const takes = TAKES[verb] ?? NONE
  const positional: Argument[] = []
  const options = new Map<string, Argument>()
  let option: string | null = null
  for (const argument of args) {
    if (option !== null) {
      options.set(option, argument)
      option = null
    } else if (isFlag(argument)) {
      const name = optionName(argument)
      if (takes.has(name)) option = name
      else options.set(name, argument)
    } else positional.push(argument)
  }
  const count = KEYS[verb] ?? 1
  return { keys: positional.slice(0, count), files: positional.slice(count), options }
}

/** Small numbers are switches: whether they are on or off is what was done. */
const SMALL_NUMBER = /^(?:0x)?0{0,8}\d$/
/** Anchored as paths and addresses are; a name before `@` in an address has its password behind it. */
const PATH_LIKE = /^"?(?:[a-z]:[\\/]|\\\\|%[^%]{1,64}%|https?:\/\/(?!.{0,1024}@))/
const CONNECTION = /;|(?:pwd|password|secret|token)\s{0,4}=/

function plainData(argument: Argument): Piece {
  const clean = cleanText(argument.value)
  if (PATH_LIKE.test(clean) && !CONNECTION.test(clean)) return dataPiece(argument)
  return fixedPiece(argument, '<data>', 'masked')
}

function numberPiece(argument: Argument, clean: string): Piece {
  return fixedPiece(argument, clean.replace(/^(?:0x)?0{0,8}(?=\d)/, ''), 'value')
}

const SECRET_WORD = /passw(?:or)?d|secret|passphrase/
/** How values are called that hold one; `MaximumPasswordAge` and its like are settings. */
const SECRET_VALUE = /(?:passw(?:or)?d|secret|passphrase)s?\d{0,2}$/
/** `a.dll\0b.dll`, `userinit.exe,b.exe`, `a.dll b.dll`: lists, in which one member is enough. */
const SEPARATORS = /\\0|,/
const MEMBERS_MAX = 16
const LIBRARY_SEPARATORS = /\\0|[,;\s]/

function membersOf(data: string, { kind }: StartValue): readonly string[] {
  const isOne = kind === 'library' && /^"?(?:[a-z]:\\|\\\\|%)/i.test(data.trim()) && !/[,;]|\\0/.test(data)
  const separators = kind === 'library' ? LIBRARY_SEPARATORS : SEPARATORS
  return isOne ? [data.trim()] : data.split(separators).map((member) => member.trim())
}

function isUsual(member: string, { usual }: StartValue): boolean {
  const clean = cleanText(member).trim()
  return clean === '' || usual?.test(clean) === true || usual?.test(clean.replaceAll('"', '')) === true
}

function startedMember(argument: Argument, start: StartValue): Piece {
  if (start.kind === 'command') return laterPiece(argument)
  const piece = targetPiece({ ...argument, value: argument.value.replaceAll('"', '') })
  return piece.facts.length === 0 ? piece : { ...piece, facts: [...piece.facts, 'sets-autostart'] }
}

/** Data of a value that names what is started or loaded: the member that Windows does not have there is what is run. */
function startPiece(argument: Argument, start: StartValue): Piece {
  const isList = start.usual !== undefined || start.kind === 'library'
  const members = isList ? membersOf(argument.value, start) : [argument.value]
  const others = members.filter((member) => !isUsual(member, start)).slice(0, MEMBERS_MAX)
  if (others.length === 0) return dataPiece(argument)
  const read = others.map((value) => startedMember({ ...argument, value }, start))
  const worst = read.reduce((most, one) => (one.facts.length > most.facts.length ? one : most))
  const hijacks: RiskFact[] = start.hijacks ? ['hijacks-start'] : []
  return {
    ...worst,
    text: read.map(({ text }) => text).join(','),
    facts: [...read.flatMap(({ facts }) => facts), ...hijacks],
  }
}

/** Keys whose values are secrets of accounts, of the host or of products that keep them badly (ATT&CK T1003.002, T1552.002). */
const HIVES_OF_SECRETS = /^(?:sam|security)(?:\\|$)/
const BOOT_KEY = /^system(?:\\currentcontrolset(?:\\control(?:\\lsa(?:\\(?:jd|skew1|gbg|data))?)?)?)?$/
const KEPT_PASSWORDS =
  /(?:^|\\)(?:simontatham\\putty\\sessions|orl\\winvnc3|realvnc\\(?:winvnc4|vncserver)|tightvnc\\server|martin prikryl\\winscp 2\\sessions|openssh\\agent\\keys)(?:\\|$)/

/** A hive that is saved or copied has what an export leaves out: the classes of keys, in which the boot key is. */
const COPIES_ALL: ReadonlySet<string> = new Set(['save', 'copy'])

function copiesSecrets(verb: string, { path, hive }: RegistryKey): boolean {
  if (hive !== 'hklm') return false
  return HIVES_OF_SECRETS.test(path) || (COPIES_ALL.has(verb) && BOOT_KEY.test(path))
}

function optionText({ options }: Words, name: string): string {
  const argument = options.get(name)
  return argument === undefined ? '' : cleanText(argument.value).replaceAll('"', '').trim()
}

function asksSecrets(key: RegistryKey, words: Words): boolean {
  return (
    (key.hive === 'hklm' && HIVES_OF_SECRETS.test(key.path)) ||
    KEPT_PASSWORDS.test(key.path) ||
    SECRET_WORD.test(optionText(words, 'f')) ||
    SECRET_VALUE.test(optionText(words, 'v'))
  )
}

function changedFacts(key: RegistryKey, words: Words): RiskFact[] {
  const data = optionText(words, 'd')
  const facts: RiskFact[] = opensGuard(key, optionText(words, 'v'), data) ? ['weakens-defence'] : []
  if (forwardsPorts(key) && data !== '') facts.push('forwards-ports')
  if (opensFirewall(key, data)) facts.push('opens-firewall')
  return facts
}

function keyFacts(verb: string, key: RegistryKey, words: Words): RiskFact[] {
  switch (verb) {
    case 'save':
    case 'export':
    case 'copy':
      return copiesSecrets(verb, key) ? ['copies-secrets'] : []
    case 'query':
      return [
        ...(asksSecrets(key, words) ? (['credential-store'] as const) : []),
        ...(asksGuard(key) ? (['asks-for-defence'] as const) : []),
      ]
    case 'add':
      return changedFacts(key, words)
    case 'delete':
      return removesGuard(key, optionText(words, 'v')) ? ['weakens-defence'] : []
    default:
      return []
  }
}

const ASKS: ReadonlySet<string> = new Set(['query', 'compare', 'export', 'none', 'other'])

/** `import` and `restore` take what a file says; `load` has its keys read, those of another host's accounts among them. */
function filePiece(verb: string, argument: Argument): Piece {
  if (verb === 'import') {
    const piece = targetPiece(argument)
    return { ...piece, facts: [...piece.facts, ...oddExtension(piece.target, REGISTRY_FILE)] }
  }
  const piece = dataPiece(argument)
  const isSecret = verb === 'load' && namesSecrets(cleanText(argument.value).replaceAll('"', ''))
  return isSecret ? { ...piece, facts: [...piece.facts, 'credential-store'] } : piece
}

function dataOf(argument: Argument, key: RegistryKey | null, words: Words): Piece {
  const value = optionText(words, 'v')
  const start = key === null ? null : startValueAt(key, value)
  if (start !== null) return startPiece(argument, start)
  const clean = cleanText(argument.value)
  if (SMALL_NUMBER.test(clean)) return numberPiece(argument, clean)
  if (SECRET_WORD.test(value)) return fixedPiece(argument, '<secret>', 'masked')
  return plainData(argument)
}

function wordPiece(argument: Argument, verb: string, key: RegistryKey | null, words: Words): Piece {
  const { keys, files, options } = words
  if (keys.includes(argument)) return fixedPiece(argument, readKey(argument.value).text, 'path')
  if (files.includes(argument)) return filePiece(verb, argument)
  if (verb === 'add' && options.get('d') === argument) return dataOf(argument, key, words)
  if (isFlag(argument)) return switchPiece(argument)
  return fixedPiece(argument, mask(cleanText(argument.value)), 'value')
}

function read(line: CommandLine): Reading {
  const [first, ...rest] = line.args
  if (first === undefined) return { mode: 'none', pieces: [], target: null, facts: [], hosted: null }
  const said = cleanText(first.value)
  const verb = VERBS.has(said) ? said : 'other'
  const words = wordsOf(verb, rest)
  const keys = words.keys.map(({ value }) => readKey(value))
  const key = keys[0] ?? null
  const pieces = [
    fixedPiece(first, mask(said), 'value'),
    ...rest.map((argument) => wordPiece(argument, verb, key, words)),
  ]
  const data = words.options.get('d')
  const named = verb === 'add' ? data : words.files[0]
  const target = pieces[named === undefined ? -1 : line.args.indexOf(named)]?.target ?? null
  const remote: RiskFact[] = keys.some((one) => one.remote) && !ASKS.has(verb) ? ['remote-host'] : []
  const facts = key === null ? [] : keyFacts(verb, key, words)
  return { mode: verb, pieces, target, facts: [...facts, ...remote], hosted: null }
}

/** reg: one verb on a key of the registry; of what `add` sets the value decides whether it is a program, a library or a switch. */
export const reg: ToolGrammar = { slugs: ['reg.exe'], read, hosted: null }
