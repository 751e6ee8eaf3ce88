import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { isInstalled } from '@/lib/pipeline/normalise/command-line/folder-owner'
import { classifyPath } from '@/lib/pipeline/normalise/command-line/path-class'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { anyPiece, isFlag, switchPiece, targetPiece } from './piece'
import type { Piece, Reading, RiskFact, ToolGrammar, ToolTarget } from './tool-use'

const LOGGER = /^[-/](?:l|logger|dl|distributedlogger):(?:[^,\\:]{1,64},)?"?(.{0,260}?\.dll)/
const BUILD_AGENT = /^[a-z]:\\(?:agent|agents|azagent|vsts|buildagent|a)\\/
const PROJECT = /^(?:[a-z0-9]{0,12}proj|sln|slnx|slnf|targets|props|tasks|build)$/

function wordPiece(argument: Argument, project: Argument | undefined): Piece {
  if (argument === project) return targetPiece(argument)
  const clean = cleanText(argument.value)
  if (!clean.startsWith('@')) return isFlag(argument) ? switchPiece(argument) : anyPiece(argument)
  const file = targetPiece({ ...argument, value: argument.value.slice(1) })
  return { ...file, text: `@${file.text}` }
}

/** Build agents and kits bring loggers in folders of their own; one beside the project, or anywhere a user can write, is the build's own code. */
function isForeignLogger(word: string): boolean {
  const library = LOGGER.exec(word)?.[1]
  if (library === undefined) return false
  const location = classifyPath(library)
  return !isInstalled(location) && !BUILD_AGENT.test(library)
}

function modeOf(names: readonly string[], target: ToolTarget | null): string {
  if (names.some((name) => /^[-/](?:nodemode|nmode)\b/.test(name))) return 'node'
  if (names.some((name) => name.startsWith('@'))) return 'response-file'
  return target === null ? 'none' : 'project'
}

function read(line: CommandLine): Reading {
  const project = line.args.find((argument) => !isFlag(argument) && !argument.value.startsWith('@'))
  const pieces = line.args.map((argument) => wordPiece(argument, project))
  const response = pieces.find((piece) => piece.text.startsWith('@'))?.target ?? null
  const target = pieces.find((piece) => piece.start === project?.start)?.target ?? response
  const names = line.args.map((argument) => cleanText(argument.value))
  const odd = project !== undefined && target?.extension != null && !PROJECT.test(target.extension)
  const facts: RiskFact[] = odd ? ['odd-extension'] : []
  if (names.some((name) => isForeignLogger(name))) facts.push('launches-command')
  return { mode: modeOf(names, target), pieces, target, facts, hosted: null }
}

/** msbuild: builds a project, whose inline tasks are code; or works as a node of another build. */
export const msbuild: ToolGrammar = { slugs: ['msbuild.exe'], read, hosted: null }
