import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { dataPiece, optionName } from './data-piece'
import { fetchedFacts } from './fetched-facts'
import { isFlag } from './piece'
import { lineNames, namesSecrets, namesUserSecrets } from './secret-files'
import type { Reading, RiskFact, ToolGrammar } from './tool-use'

const MODES: Readonly<Record<string, string>> = {
  y: 'copy',
  d: 'defragment',
  r: 'recover',
  g: 'check',
  k: 'checksum',
  p: 'repair',
  m: 'dump',
}

/** `/d` says where to when a file is copied. */
function modeOf(args: readonly Argument[]): string {
  const names = args.filter(isFlag).map(optionName)
  if (names.includes('y')) return 'copy'
  const first = names.find((name) => MODES[name.charAt(0)] !== undefined)
  return MODES[first?.charAt(0) ?? ''] ?? (args.length === 0 ? 'none' : 'other')
}

/** A database of the directory, of accounts or of a browser is copied or repaired elsewhere to be read (ATT&CK T1003.003, T1555.003). */
function factsOf(mode: string, line: CommandLine): RiskFact[] {
  if (mode !== 'copy' && mode !== 'recover') return []
  if (mode === 'copy' && lineNames(line, namesSecrets)) return ['copies-secrets']
  return lineNames(line, namesUserSecrets) ? ['credential-store'] : []
}

function read(line: CommandLine): Reading {
  const mode = modeOf(line.args)
  const pieces = line.args.map(dataPiece)
  const source = pieces.findIndex(({ target }) => target !== null)
  const named = line.args[source]
  const fetched = mode === 'copy' && named !== undefined ? fetchedFacts(named, true) : []
  const target = pieces[source]?.target ?? null
  return { mode, pieces, target, facts: [...factsOf(mode, line), ...fetched], hosted: null }
}

/** esentutl: one verb on a database; `/y file /d file` copies any file, `/vss` one that is in use. */
export const esentutl: ToolGrammar = { slugs: ['esentutl.exe'], read, hosted: null }
