import { splitArguments } from '@/lib/pipeline/normalise/command-line/split-command-line'

/** Windows' shell and interpreters of any kind, by name without extension: what they run is what they are told, wherever they lie. */
const INTERPRETERS: ReadonlySet<string> = new Set(
  'cmd powershell powershell_ise pwsh wscript cscript mshta rundll32 regsvr32 msbuild installutil bash wsl python pythonw perl ruby java javaw node'.split(
    ' ',
  ),
)

function programName(name: string): string {
  return name.replace(/\.exe$/, '')
}

/** @param name a program's file name, lower case */
export function isInterpreter(name: string): boolean {
  return INTERPRETERS.has(programName(name))
}

const SHELL_SWITCH = /^\/[crk]$/
const JOINED_SWITCH = /^\/[ck](?=[^\s/:])/
const COMPARISON = /^(?:equ|neq|lss|leq|gtr|geq|==)$/
const COMPARED_WORDS = 3
const START_OPTION = /^(?:|\/(?!.{0,64}[\\/:]).{1,64})$/

/** Index of what an `if` has done when it holds; `words[at]` follows the `if`. */
function afterCondition(words: readonly string[], at: number): number {
  let from = at
  while (/^(?:\/i|not)$/.test(words[from] ?? '')) from += 1
  if (/^(?:exist|defined|errorlevel|cmdextversion)$/.test(words[from] ?? '')) return from + 2
  if (COMPARISON.test(words[from + 1] ?? '')) return from + COMPARED_WORDS
  return from + 1
}

/** What `start` runs, where another word without its quotes stands before it: the window's title. */
const STARTED =
  /^@(?:file|path|fname|relpath)$|\.(?:exe|com|bat|cmd|scr|pif|vbs|vbe|js|jse|wsf|hta|lnk|msi|ps1)$/

function afterOptions(words: readonly string[], at: number): number {
  let from = at
  while (from < words.length && START_OPTION.test(words[from] ?? '')) from += 1
  return from
}

function afterStart(words: readonly string[], at: number): number {
  const first = afterOptions(words, at)
  const second = afterOptions(words, first + 1)
  const isTitle = !/[.\\@]/.test(words[first] ?? '') && STARTED.test(words[second] ?? '')
  return isTitle ? second : first
}

/** Where the word stands that is executed: behind conditions and the words that only call or start. */
function executedAt(words: readonly string[], from: number): number {
  let at = from
  for (;;) {
    const word = (words[at] ?? '').replace(/^@/, '')
    if (word === 'if') at = afterCondition(words, at + 1)
    else if (word === 'call') at += 1
    else if (word === 'start') at = afterStart(words, at + 1)
    else return at
  }
}

const BUILT_IN =
  /^@?(?:assoc|attrib|cd|chdir|compact|copy|date|del|dir|echo|erase|exit|ftype|md|mkdir|mklink|move|pause|popd|pushd|rd|rem|ren|rename|rmdir|set|time|title|type|ver|vol)(?=$|[\s/])(?!.{0,256}\.\.[\\/])|^@?echo[.:(]/

/** Whether the shell does it itself: no file is executed. */
export function isBuiltIn(word: string): boolean {
  return BUILT_IN.test(word)
}

/** A program's path in quotes of its own, blanks and all. */
const QUOTED_PROGRAM = /^[a-z]:\\[^"]{1,260}\.(?:exe|com|bat|cmd)$/

/** As the shell takes them apart: brackets group commands, its switch needs no blank behind it. */
function shellWords(given: string): string[] {
  const word = given.replace(/^\(+|\)+$/g, '')
  return JOINED_SWITCH.test(word) ? [word.slice(0, 2), word.slice(2)] : [word]
}

/**
 * The word that Windows' shell executes; of a command in quotes of its own the word in it.
 * @param name the program's file name, lower case
 * @param given its arguments, cleaned
 * @returns null = no shell, or it was given nothing to execute
 */
export function executedWord(name: string, given: readonly string[]): string | null {
  const words = given.flatMap(shellWords)
  const option = words.findIndex((word) => SHELL_SWITCH.test(word))
  if (programName(name) !== 'cmd' || option < 0) return null
  const word = words[executedAt(words, option + 1)] ?? null
  if (word === null || !/\s/.test(word) || QUOTED_PROGRAM.test(word)) return word
  const inner = splitArguments(word, 0).map(({ value }) => value)
  return inner.length > 1 ? executedWord(name, ['/c', ...inner]) : (inner[0] ?? null)
}
