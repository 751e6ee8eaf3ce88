import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { isInstalled } from '@/lib/pipeline/normalise/command-line/folder-owner'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, fixedPiece, isFlag, oddExtension, switchPiece, targetPiece } from './piece'
import type { Piece, Reading, ToolGrammar } from './tool-use'

const LIBRARIES: ReadonlySet<string> = new Set(['dll'])
/** App-V's own library, which App-V and Office's Click-to-Run inject where they are installed: what the tool was made for. */
const APP_V_LIBRARY = /^appv(?:isv|ent)?subsystems(?:32|64)\.dll$/

function wordPiece(argument: Argument, index: number, library: number): Piece {
  if (index === library) return targetPiece(argument)
  if (index < library && /^\d{1,10}$/.test(argument.value)) return fixedPiece(argument, '<pid>', 'masked')
  return isFlag(argument) ? switchPiece(argument) : anyPiece(argument)
}

function read(line: CommandLine): Reading {
  const names = line.args.map((argument) => cleanText(argument.value))
  const option = names.findIndex((name) => /^[-/](?:injectrunning|hmodule\b)/.test(name))
  const library = option < 0 ? -1 : option + 1
  const pieces = line.args.map((argument, index) => wordPiece(argument, index, library))
  const target = pieces[library]?.target ?? null
  if (option < 0) return { mode: 'none', pieces, target: null, facts: [], hosted: null }
  const isAppV = isInstalled(target?.class ?? 'bare') && APP_V_LIBRARY.test(target?.name ?? '')
  const mode = names[option]?.includes('hmodule') === true ? 'import' : 'inject'
  return {
    mode,
    pieces,
    target,
    facts: isAppV ? [] : ['injects-code', ...oddExtension(target, LIBRARIES)],
    hosted: target?.name ?? null,
  }
}

/** mavinject: `pid /injectrunning library` loads a library into a running process. */
export const mavinject: ToolGrammar = { slugs: ['mavinject.exe', 'mavinject32.exe', 'mavinject64.exe'], read }
