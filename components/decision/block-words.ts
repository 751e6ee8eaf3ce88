import type { BlockEffect, BlockException, Control } from '@/lib/pipeline/decision/block'
import { CONTROL_FACTS, type Rung } from '@/lib/pipeline/decision/controls'
import type { Unaffected } from '@/lib/pipeline/decision/what-if'
import { EFFECT_WORDS } from '@/lib/pipeline/decision/words'
import { parentWords } from '@/lib/pipeline/deviation/parent-words'

/** 'Cut its network', 'Windows Firewall'. */
export function rungWords({ effect, control }: Rung): { effect: string; control: string } {
  return { effect: EFFECT_WORDS[effect].label, control: CONTROL_FACTS[control].name }
}

/** What a kind of exception spares. */
export const EXCEPTION_KINDS: Readonly<Record<BlockException['kind'], string>> = {
  parent: 'Parent',
  pattern: 'Command pattern',
  user: 'User',
  group: 'Host group',
  host: 'Host',
}

/** The same where there is little room. */
export const EXCEPTION_WORDS: Readonly<Record<BlockException['kind'], string>> = {
  parent: 'Parent',
  pattern: 'Pattern',
  user: 'Account',
  group: 'Group',
  host: 'Host',
}

/** What an exception reads as; ids by name where it is known. */
export function exceptionText(
  exception: BlockException,
  names: { groups: ReadonlyMap<number, string>; hosts: ReadonlyMap<number, string> },
): string {
  switch (exception.kind) {
    case 'parent':
      return parentWords(exception.value)
    case 'pattern':
    case 'user':
      return exception.value
    case 'group':
      return names.groups.get(exception.id) ?? `group ${exception.id}`
    case 'host':
      return names.hosts.get(exception.id) ?? `host ${exception.id}`
  }
}

/** Why a control leaves executions alone, after 'On 3 hosts 40 executions …'. */
export function leftAloneWords(
  effect: Unaffected | 'unknown',
  control: Control,
  blockEffect: BlockEffect,
): string {
  const { name } = CONTROL_FACTS[control]
  switch (effect) {
    case 'service-account':
      return `run on: SYSTEM and services, which ${name} leaves alone as delivered`
    case 'copy':
      return `run on: renamed or moved copies, which ${name} does not take for the binary`
    case 'other-program':
      return `run on: other programs under its name, which ${name} does not take for the binary`
    case 'direct-start':
      return 'run on: started by name, not through a file type'
    case 'no-connection':
      return 'go on as before: they connected to nothing'
    case 'not-in-a-rule':
      return 'run on: no rule speaks of what started them'
    case 'unknown':
      return blockEffect === 'network'
        ? 'cannot be judged: their hosts report no connections'
        : 'cannot be judged: what the control goes by was not reported'
  }
}
