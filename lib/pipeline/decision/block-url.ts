import {
  BLOCK_EFFECTS,
  type Block,
  type BlockException,
  CONTROLS,
  type Control,
  type DecisionScope,
} from './block'
import { BlockExceptionSchema, DecisionScopeSchema } from './schemas'

/** Names in a URL that a what-if lives in. */
export const BLOCK_PARAMS = ['effect', 'control', 'scope', 'spare'] as const
type BlockParams = Record<(typeof BLOCK_PARAMS)[number], string[]>

const MAX_IDS = 1000

/** A block with its control as values of a URL: `scope=groups:1,2`, `spare=parent:explorer.exe @ windows`. Why and until when stay out. */
export function toBlockParams({ effect, scope, exceptions }: Block, control: Control): BlockParams {
  return {
    effect: [effect],
    control: [control],
    scope: scope.kind === 'fleet' ? [] : [`${scope.kind}:${scope.ids.join(',')}`],
    spare: exceptions.map(spareText),
  }
}

/** What an exception spares, as the URL says it: two that spare the same are one. */
export function spareText(exception: BlockException): string {
  return `${exception.kind}:${'id' in exception ? exception.id : exception.value}`
}

/** The same as a query. */
export function toBlockQuery(block: Block, control: Control): URLSearchParams {
  return new URLSearchParams(
    Object.entries(toBlockParams(block, control)).flatMap(([name, values]) =>
      values.map((value) => [name, value]),
    ),
  )
}

/** Reads what `toBlockParams` wrote; what makes no sense is left out. Effect and control are null where the URL names none. */
export function readBlockParams(values: (name: keyof BlockParams) => readonly string[]): {
  effect: Block['effect'] | null
  control: Control | null
  scope: DecisionScope
  exceptions: BlockException[]
} {
  const [effect] = values('effect')
  const [control] = values('control')
  return {
    effect: BLOCK_EFFECTS.find((one) => one === effect) ?? null,
    control: CONTROLS.find((one) => one === control) ?? null,
    scope: readScope(values('scope')[0] ?? ''),
    exceptions: [...new Set(values('spare'))].flatMap(readException),
  }
}

function readScope(text: string): DecisionScope {
  const [kind, value] = split(text)
  const ids = value.split(',').slice(0, MAX_IDS).map(Number)
  const read = DecisionScopeSchema.safeParse({ kind, ids })
  return read.success ? read.data : { kind: 'fleet' }
}

function readException(text: string): BlockException[] {
  const [kind, value] = split(text)
  // PostgreSQL takes no NUL
  if (value.includes('\u0000')) return []
  const id = value === '' ? Number.NaN : Number(value)
  const read = BlockExceptionSchema.safeParse({ kind, value, id, reason: '', until: null })
  return read.success ? [read.data] : []
}

function split(text: string): [kind: string, value: string] {
  const colon = text.indexOf(':')
  return colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)]
}
