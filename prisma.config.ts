import { defineConfig } from 'prisma/config'

/** `generate` and `validate` open no connection: the default only has to be a URL. */
const { DATABASE_URL = 'postgresql://localhost/none' } = process.env

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: DATABASE_URL },
})
