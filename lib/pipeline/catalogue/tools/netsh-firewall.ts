import { cleanPath } from '@/lib/pipeline/normalise/command-line/clean-path'
import { isInstalled, isUserWritable } from '@/lib/pipeline/normalise/command-line/folder-owner'
import type { PathClass } from '@/lib/pipeline/normalise/command-line/path-class'
import { GUARDS } from './guards'
import { executedFrom } from './location-facts'
import { type Parameter, parameterAt, parameterOr, valueAt } from './netsh-parameters'
import { targetPiece } from './piece'
import type { RiskFact, ToolTarget } from './tool-use'

/** What a command of the firewall's lets in, or keeps out. */
type Opening = { facts: readonly RiskFact[]; target: ToolTarget | null }
const NOTHING: Opening = { facts: [], target: null }
const OPENS: Opening = { facts: ['opens-firewall'], target: null }
const WEAKENS: Opening = { facts: ['weakens-defence'], target: null }
const EVERY = /^(?:any|system|)$/

/** A program that nobody installed is let in: that it lies where products of a user's own are is no matter of everybody's. */
function programOpening({ argument, value }: Parameter): Opening {
  if (EVERY.test(value)) return OPENS
  const clean = cleanPath(value)
  const { target } = targetPiece({ ...argument, value })
  const isPlaced = target === null || isInstalled(target.class) || target.class === 'bare'
  if (isPlaced || executedFrom(clean).includes('user-product-folder')) return { facts: [], target }
  return { facts: ['opens-firewall'], target }
}

function ruleOpening(parameters: readonly Parameter[]): Opening {
  const action = valueAt(parameters, 'action')
  const enable = valueAt(parameters, 'enable')
  const program = parameterAt(parameters, 'program')
  if (action.startsWith('bl')) return program !== undefined && GUARDS.test(program.value) ? WEAKENS : NOTHING
  const isInward = !valueAt(parameters, 'dir').startsWith('o')
  const lets = /^(?:a|by)/.test(action) ? !enable.startsWith('n') : action === '' && enable.startsWith('y')
  if (!isInward || !lets) return NOTHING
  return program === undefined ? OPENS : programOpening(program)
}

/** Where the word stands that turns an opening of the older firewall on or off, if it is not named. */
const MODE_AT: Readonly<Record<string, number>> = { allowedprogram: 2, portopening: 3, service: 1 }

function isLegacyOff(command: string, parameters: readonly Parameter[]): boolean {
  const position = MODE_AT[command.split(' ').at(-1) ?? '']
  const unnamed = position ?? parameters.findIndex(({ name }) => name === '')
  return parameterOr(parameters, 'mode', unnamed)?.value.startsWith('dis') === true
}

function legacyOpening(command: string, parameters: readonly Parameter[]): Opening {
  if (isLegacyOff(command, parameters)) return NOTHING
  if (!command.endsWith('allowedprogram')) return OPENS
  const program = parameterOr(parameters, 'program', 0)
  return program === undefined ? NOTHING : programOpening(program)
}

const ON_DRIVES: ReadonlySet<PathClass> = new Set(['root-folder', 'drive-root', 'unc'])
const OF_DOMAINS: readonly RiskFact[] = ['intranet-share', 'domain-share']

/** A whole policy takes the place of the present one: what it lets in, who can write to its file decides. */
function policyOpening([file]: readonly Parameter[]): Opening {
  if (file === undefined) return NOTHING
  const { target } = targetPiece({ ...file.argument, value: file.value })
  if (target === null || isInstalled(target.class) || target.class === 'bare') return OPENS
  if (executedFrom(cleanPath(file.value)).some((fact) => OF_DOMAINS.includes(fact))) return OPENS
  const isAnybodys = isUserWritable(target.class) && !ON_DRIVES.has(target.class)
  return { facts: [isAnybodys ? 'weakens-defence' : 'opens-firewall'], target }
}

/** Products take away the rules of their own, which they tell by program or port. */
const OF_ALL = /^(?:|na(?:me?)?|dir?|prof(?:i(?:le?)?)?)$/

function deletion(parameters: readonly Parameter[]): Opening {
  const isEvery = parameters.every(({ name }) => OF_ALL.test(name))
  return isEvery && parameterOr(parameters, 'name', 0)?.value === 'all' ? WEAKENS : NOTHING
}

const LEGACY = /^firewall (?:add|set) (?:allowedprogram|portopening|service)$/
const RULES = /^advfirewall firewall (?:add|set) rule$/
const RESETS = /^(?:adv)?firewall reset$/
const PROFILE = /^advfirewall set (?!global)/

/** The firewall is off, or lets in what no rule names. */
function switchesOff(command: string, parameters: readonly Parameter[]): boolean {
  if (command === 'firewall set opmode') return isLegacyOff(command, parameters)
  if (!PROFILE.test(command)) return false
  const [first = '', second = ''] = parameters.map(({ value }) => value)
  return (
    (first.startsWith('sta') && second === 'off') ||
    (first.startsWith('firewallp') && /^allowinbound(?:always)?,/.test(second))
  )
}

/** What a command makes of the firewall. */
export function openingOf(command: string, parameters: readonly Parameter[]): Opening {
  if (switchesOff(command, parameters)) return WEAKENS
  if (RULES.test(command)) return ruleOpening(parameters)
  if (LEGACY.test(command)) return legacyOpening(command, parameters)
  // a repair, after which the rules that Windows came with hold
  if (RESETS.test(command)) return OPENS
  if (command === 'advfirewall import') return policyOpening(parameters)
  return command === 'advfirewall firewall delete rule' ? deletion(parameters) : NOTHING
}
