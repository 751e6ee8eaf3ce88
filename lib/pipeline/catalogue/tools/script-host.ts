import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { withoutDocumentName } from './documents'
import { anyPiece, fixedPiece, oddExtension, targetName, targetPiece } from './piece'
import type { Piece, Reading, RiskFact, ToolGrammar, ToolTarget } from './tool-use'

const SCRIPTS: ReadonlySet<string> = new Set(['vbs', 'js', 'wsf', 'vbe', 'jse', 'wsh'])
/** Scripts of other interpreters: without `//e:` the host refuses them, so their extension hides nothing. */
const FOREIGN_SCRIPTS: readonly string[] = ['ps1', 'psm1', 'cmd', 'bat', 'py', 'pl', 'sh']
const REFUSED_OR_RUN: ReadonlySet<string> = new Set([...SCRIPTS, ...FOREIGN_SCRIPTS])
const OPTION = /^\/\/[a-z]/
const ENGINE = /^\/\/e:/
/** `surgic~1.js`: nobody types it, and Windows passes the long name of what is opened. */
const SHORT_NAME = /^[^~]{1,8}~\d{1,4}\.[^.]{1,3}$/
/** Scrambled, so that nobody reads them on the way; Windows' own scripts are plain. */
const ENCODED = /^\/\/e:[a-z]{1,16}\.encode$/
const ENCODED_SCRIPTS: ReadonlySet<string> = new Set(['vbe', 'jse'])
/** What the App-V script is for; whatever else stands in its arguments PowerShell runs as well. */
const OWN_CALL = /^(?:[\w\s]{0,32};\s{0,8}sync-appvpublishingserver)?[\w\s-]{0,128}$/

/** Host options start with two slashes; engines and job names tell uses apart, times do not. */
function optionPiece(argument: Argument): Piece {
  const clean = cleanText(argument.value)
  return fixedPiece(argument, clean.replace(/^\/\/t:\d+$/, '//t:<n>').slice(0, 64), 'switch')
}

/** `/nologo` with one slash is accepted too, before the script. */
function isOption(argument: Argument): boolean {
  const clean = cleanText(argument.value)
  return (
    OPTION.test(clean) ||
    /^[-/](?:nologo|b|i|d|u|s|x|h:[a-z]{1,16}|t:\d{1,6}|e:[^\\/]{1,64}|job:[^\\/]{1,64})$/.test(clean)
  )
}

/** What a script is told. */
function toldPiece(argument: Argument): Piece {
  return withoutDocumentName(anyPiece(argument))
}

function scriptAt({ args }: CommandLine): number {
  return args.findIndex((argument) => !isOption(argument))
}

function hosted(line: CommandLine): string | null {
  const script = line.args[scriptAt(line)]
  return script === undefined ? null : targetName(script.value)
}

/** What the script's name says. */
function nameFacts(target: ToolTarget, engine: boolean): RiskFact[] {
  const facts: RiskFact[] = [...oddExtension(target, engine ? SCRIPTS : REFUSED_OR_RUN)]
  // what is called nothing is told to be a script
  if (engine && target.extension === null) facts.push('odd-extension')
  if (SHORT_NAME.test(target.name ?? '')) facts.push('short-name')
  return facts
}

/** What the host and the script are told. */
function askedFacts({ name, extension }: ToolTarget, words: readonly string[], told: readonly string[]) {
  const facts: RiskFact[] = []
  if (ENCODED_SCRIPTS.has(extension ?? '') || words.some((word) => ENCODED.test(word)))
    facts.push('encoded-script')
  // without arguments it only tells how it is used, by a program that the caller's variables name
  if (name === 'manage-bde.wsf' && told.length === 0) facts.push('launches-program')
  if (name === 'winrm.vbs' && told.includes('invoke')) facts.push('launches-program')
  if (name === 'syncappvpublishingserver.vbs' && !told.every((word) => OWN_CALL.test(word)))
    facts.push('inline-script')
  return facts
}

function read(line: CommandLine): Reading {
  const script = scriptAt(line)
  const pieces = line.args.map((argument, index) => {
    if (index === script) return targetPiece(argument)
    return isOption(argument) && (script < 0 || index < script || OPTION.test(cleanText(argument.value)))
      ? optionPiece(argument)
      : toldPiece(argument)
  })
  const target = pieces[script]?.target ?? null
  if (target === null) return { mode: 'none', pieces, target: null, facts: [], hosted: null }
  const engine = pieces.some((piece) => ENGINE.test(piece.text))
  const words = line.args.map((argument) => cleanText(argument.value))
  const facts = [...nameFacts(target, engine), ...askedFacts(target, words, words.slice(script + 1))]
  return { mode: engine ? 'engine' : 'script', pieces, target, facts, hosted: target.name }
}

/** cscript and wscript: host options, a script, the script's own arguments. `//e:` picks an engine whatever the extension. */
export const cscript: ToolGrammar = { slugs: ['cscript.exe'], read, hosted }
export const wscript: ToolGrammar = { slugs: ['wscript.exe'], read, hosted }
