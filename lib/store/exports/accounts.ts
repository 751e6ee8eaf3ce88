import { sql } from '@/lib/store/sql'

/** Goes before an export's query: every account under its one name, by the ids of its printings. Worked out once: an export has millions of rows. */
export const WITH_ACCOUNTS = sql`WITH account_name AS MATERIALIZED (SELECT id, name FROM person)`
