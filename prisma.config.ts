import { defineConfig } from 'prisma/config'

/** `generate` and `validate` open no connection: the default only has to be a URL. */
const NO_DATABASE = 'postgresql://localhost/none'
const { DATABASE_URL, SHADOW_DATABASE_URL } = process.env

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: {
    url: DATABASE_URL ?? NO_DATABASE,
    ...(SHADOW_DATABASE_URL === undefined ? {} : { shadowDatabaseUrl: SHADOW_DATABASE_URL }),
  },
})
