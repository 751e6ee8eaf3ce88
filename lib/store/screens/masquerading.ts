import { join, type Sql, sql } from '@/lib/store/sql'

/** How a file is not what it seems: a proxy binary under another name, another program under its name, and one that lies where it does not belong. */
export const MASQUERADES = ['renamed', 'impostor', 'folder'] as const
export type Masquerade = (typeof MASQUERADES)[number]

/** Whether a row of `signature s` shows it. */
export const MASQUERADING: Readonly<Record<Masquerade, Sql>> = {
  renamed: sql`s.content->>'renamed' = 'true'`,
  impostor: sql`s.content->>'impostor' = 'true'`,
  folder: sql`s.content->>'imageFolderExpected' = 'false'`,
}

/** Whether a row of `signature s` shows one of them. */
export function masqueradesAs(kinds: readonly Masquerade[]): Sql {
  return sql`(${join(
    kinds.map((kind) => MASQUERADING[kind]),
    ' OR ',
  )})`
}
