import { defineConfig } from 'prisma/config'

/** `generate` and `validate` open no connection: the default only has to be a URL. */
const NO_DATABASE = 'postgresql://localhost/none'
const shadowDatabaseUrl = process.env.SHADOW_DATABASE_URL

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: {
    url: process.env.DATABASE_URL ?? NO_DATABASE,
    ...(shadowDatabaseUrl === undefined ? {} : { shadowDatabaseUrl }),
  },
})
