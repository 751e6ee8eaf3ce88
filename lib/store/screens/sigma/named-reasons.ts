import { sigmaRuleOf } from '@/lib/pipeline/deviation/reasons/sigma'
import type { Reason } from '@/lib/pipeline/deviation/risk'
import { reasonWords } from '@/lib/pipeline/deviation/words'
import type { SigmaLevel } from '@/lib/pipeline/sigma/rule'
import { pool } from '@/lib/store/pool'
import { rows, sql } from '@/lib/store/sql'

/** What people read of a Sigma rule beside a score. `links` as its authors wrote them. */
export type RuleName = { id: string; title: string; level: SigmaLevel; links: string[] }

/** A reason in words, with its rule where it is one that a Sigma rule gave and that is still here. */
export type NamedReason = Reason & { words: string; rule: RuleName | null }

/** Says reasons in words, and names the rules among them. Here, so that pages need not bring every rule of scoring along to say what it is about. */
export async function nameReasons(lists: readonly (readonly Reason[])[]): Promise<NamedReason[][]> {
  const ids = new Set(lists.flat().flatMap(({ code }) => sigmaRuleOf(code) ?? []))
  const found =
    ids.size === 0
      ? []
      : await rows<RuleName>(
          pool(),
          sql`SELECT id, title, level, links FROM sigma_rule WHERE id = ANY(${[...ids]}::text[])`,
        )
  const byId = new Map(found.map((rule) => [rule.id, rule]))
  return lists.map((reasons) =>
    reasons.map((reason) => {
      const rule = byId.get(sigmaRuleOf(reason.code) ?? '') ?? null
      return { ...reason, words: reasonWords(reason.code, rule?.title), rule }
    }),
  )
}
