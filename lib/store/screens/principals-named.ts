import { type Sql, sql } from '@/lib/store/sql'
import { containing } from './like'

/** Ids of the principals whose SID one of these texts is, or whose account's name contains one, however they were printed. */
export function principalsNamed(users: readonly string[]): Sql {
  const texts = users.map(containing)
  return sql`SELECT id FROM principal WHERE sid = ANY(${[...users]}::text[]) OR name ILIKE ANY(${texts}::text[])
      OR well_known_account(name, sid) ILIKE ANY(${texts}::text[])
    UNION SELECT p.id FROM principal o JOIN principal p ON p.sid = o.sid AND p.name IS NULL WHERE o.name ILIKE ANY(${texts}::text[])`
}
