import type { Actor, Scope } from '@/lib/pipeline/actor'
import { signaturesOfItem, titleInWords } from '@/lib/store/deviations'
import { pool } from '@/lib/store/pool'
import { inScope } from '@/lib/store/scope'
import { containing } from '@/lib/store/screens/like'
import { rows, sql } from '@/lib/store/sql'
import { searchViews } from './saved-views'

/** Something that a name leads to. */
export type Found = {
  type: 'Host' | 'Binary' | 'Deviation' | 'Decision' | 'View'
  label: string
  href: string
}

const MAX_HOSTS = 8
const MAX_BINARIES = 6
const MAX_DEVIATIONS = 6
const MAX_DECISIONS = 5
const MAX_VIEWS = 5

/** Whatever a name leads to: at most 30, saved views last. */
export async function search(actor: Actor, text: string): Promise<Found[]> {
  const [names, views] = await Promise.all([
    searchNames(actor.scope, text),
    actor.kind === 'account' ? searchViews(actor.accountId, text, MAX_VIEWS) : [],
  ])
  return [...names, ...views.map(({ name, href }): Found => ({ type: 'View', label: name, href }))]
}

/** Hosts, binaries and deviations with a text in their name, decisions (no drafts) about such binaries or of that number, those that start with it first: at most 25. */
export async function searchNames(scope: Scope, text: string): Promise<Found[]> {
  const like = containing(text)
  const lower = text.toLowerCase()
  const number = /^#?(\d{1,9})$/.exec(text)?.[1] ?? null
  const [hosts, binaries, deviations, decisions] = await Promise.all([
    rows<{ id: number; name: string }>(
      pool(),
      sql`SELECT h.id, h.name FROM host h WHERE EXISTS (SELECT FROM host_alias a WHERE a.host_id = h.id AND a.alias ILIKE ${like})
            ${inScope(scope, sql`h.id`)}
          ORDER BY starts_with(lower(h.name), ${lower}) DESC, length(h.name), h.name LIMIT ${MAX_HOSTS}`,
    ),
    rows<{ slug: string; name: string }>(
      pool(),
      sql`SELECT slug, name FROM catalogue_entry WHERE name ILIKE ${like} AND retired_at IS NULL
          ORDER BY starts_with(lower(name), ${lower}) DESC, named_in_mission DESC, length(name), slug LIMIT ${MAX_BINARIES}`,
    ),
    rows<{ id: string; title: string }>(
      pool(),
      sql`SELECT d.id, ${titleInWords(sql`d`)} AS title FROM deviation d WHERE d.title ILIKE ${like}
            AND (EXISTS (SELECT FROM deviation_hit h WHERE h.deviation_id = d.id ${inScope(scope, sql`h.host_id`)})
              OR (d.touched AND EXISTS (SELECT FROM (${signaturesOfItem(sql`d`)}) s JOIN usage u ON u.signature_id = s.id
                WHERE true ${inScope(scope, sql`u.host_id`)})))
          ORDER BY (d.state = 'open') DESC, starts_with(lower(d.title), ${lower}) DESC, length(d.title), d.id LIMIT ${MAX_DEVIATIONS}`,
    ),
    rows<{ id: number; name: string; verdict: string; state: string }>(
      pool(),
      sql`SELECT d.id, c.name, d.verdict, d.state FROM decision d JOIN catalogue_entry c ON c.id = d.entry_id
          WHERE (c.name ILIKE ${like} OR d.id = ${number}::int) AND d.state <> 'draft'
          ORDER BY (d.id = ${number}::int) DESC NULLS LAST, d.id DESC LIMIT ${MAX_DECISIONS}`,
    ),
  ])
  return [
    ...hosts.map(({ id, name }) => ({ type: 'Host' as const, label: name, href: `/hosts/${id}` })),
    ...binaries.map(({ slug, name }) => ({
      type: 'Binary' as const,
      label: name,
      href: `/binaries/${encodeURIComponent(slug)}`,
    })),
    ...deviations.map(({ id, title }) => ({
      type: 'Deviation' as const,
      label: title,
      href: `/deviations/${id}`,
    })),
    ...decisions.map(({ id, name, verdict, state }) => ({
      type: 'Decision' as const,
      label: `#${id} ${name}: ${verdict}, ${state}`,
      href: `/decisions/${id}`,
    })),
  ]
}
