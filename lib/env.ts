import path from 'node:path'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { ExpectedError } from '@/lib/errors'

/** PostgreSQL role without the right to change the audit log; the first migration creates it. */
const APP_ROLE = 'cordon_app'

const postgresUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\//, 'must be a URL like postgresql://user:password@host:5432/database')
const optionalText = z
  .string()
  .optional()
  .transform((text) => (text?.trim() ? text.trim() : undefined))

const flag = z
  .string()
  .optional()
  .transform((text) => text === '1')

/** Nothing after the host and the port: links of pages begin at the root. */
function isOrigin(text: string): boolean {
  // what is no URL at all was refused before
  if (!URL.canParse(text)) return true
  const { pathname, search, hash, username, password } = new URL(text)
  return pathname === '/' && `${search}${hash}${username}${password}` === ''
}

/** Texts with a separator between them. */
const list = (separator: string) =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(separator)
        .map((one) => one.trim())
        .filter(Boolean),
    )

/** Every variable that Cordon reads, with its check. */
const VARIABLES = {
  /** Owner of the tables: migrations and partitions. */
  DATABASE_URL: postgresUrl,
  /** The application's login role; see `appDatabaseUrl`. */
  APP_DATABASE_URL: postgresUrl.optional(),
  /** Database that tests clone; set by the test run. */
  TEST_TEMPLATE_DATABASE_URL: postgresUrl,
  /** Signs sessions and set-up links. */
  AUTH_SECRET: z.string().min(32, 'must have at least 32 characters'),
  PORT: z.coerce.number('must be a number').int().min(1).max(65_535, 'must be at most 65535').default(3000),
  /** Where people reach the pages, for links. */
  CORDON_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL like https://cordon.example.org' })
    .refine((text) => isOrigin(text), 'must have no path: Cordon answers at a name of its own')
    .optional(),
  CORDON_DEMO: flag,
  /** The bundled program that threads run; whoever starts us says it. */
  CORDON_THREAD: z.string().optional(),
  /** Threads that read one large file of lines; by default as many as there are processors but one, two at most. */
  CORDON_READERS: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1)
    .max(16, 'must be at most 16')
    .optional(),
  /** Gigabytes of uploads that may wait to be read at once, of everybody: what is sent beyond them is told to come again. */
  CORDON_UPLOADS_GB: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1)
    .max(1_000_000, 'must be at most 1000000')
    .default(100),
  /** First administrator, created at first start in place of a set-up link. */
  CORDON_ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  CORDON_ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
  /** Mail server for notifications: smtp://user:password@host:587, or smtps:// */
  CORDON_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must be a URL like smtp://user:password@host:587')
    .optional(),
  CORDON_SMTP_FROM: z.email('must be an e-mail address').optional(),
  /** Address ranges that are not public and that webhooks may post to, as 10.1.0.0/16,fd00::/8; http:// is allowed there too. */
  CORDON_WEBHOOK_PRIVATE: optionalText.refine(
    (text) =>
      (text ?? '').split(',').every((range) => range.trim() === '' || ipaddr.isValidCIDR(range.trim())),
    'must be ranges like 10.1.0.0/16,fd00::/8',
  ),
  /** Folders that scheduled exports may be written to: absolute paths, with commas between them. */
  CORDON_EXPORT_FOLDERS: list(',').pipe(
    z.array(z.string().refine((folder) => path.isAbsolute(folder), 'must be absolute paths')),
  ),
  /** Proxies between people and this server: as many addresses at the end of X-Forwarded-For are believed. */
  CORDON_TRUST_PROXY: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(0)
    .max(10, 'must be at most 10')
    .default(0),
  /** Seconds after which the database stops a statement of a page; events on their way in, exports and the worker are not hurried. */
  CORDON_STATEMENT_SECONDS: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1)
    .max(3600, 'must be at most 3600')
    .default(30),
  /** Sign-in by an OpenID Connect provider. */
  OIDC_ISSUER: optionalText.refine(
    (text) => text === undefined || (/^https?:\/\//.test(text) && URL.canParse(text)),
    'must be a URL like https://login.example.org',
  ),
  OIDC_CLIENT_ID: optionalText,
  OIDC_CLIENT_SECRET: optionalText,
  /** What the button says: "Sign in with …". */
  OIDC_NAME: z.string().trim().min(1).max(60).default('single sign-on'),
  OIDC_SCOPE: z.string().trim().min(1).default('openid profile email'),
  /** The claim that lists the person's groups. */
  OIDC_GROUPS_CLAIM: z.string().trim().min(1).default('groups'),
  /** Which groups have which role: "ir-leads=manager;ir-team=responder"; "*" is everybody. */
  OIDC_ROLES: list(';').pipe(
    z.array(
      // a group's name may be a distinguished name, with = and , in it
      z
        .string()
        .regex(/^.+=\s*(viewer|responder|manager|admin)$/, 'must be like "group=role;group=role"')
        .transform((pair) => {
          const at = pair.lastIndexOf('=')
          return { group: pair.slice(0, at).trim(), role: pair.slice(at + 1).trim() }
        }),
    ),
  ),
  /** 1 = the provider asks everybody for their password who is sent with prompt=login, and does not say when (auth_time): coming back proves who they are. */
  OIDC_PROMPT_PROVES: flag,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
} as const

type Variable = keyof typeof VARIABLES

/**
 * One environment variable, checked when it is read (a build reads none).
 * @throws ExpectedError naming the variable and what it must be
 */
export function env<Name extends Variable>(name: Name): z.output<(typeof VARIABLES)[Name]> {
  const checked = VARIABLES[name].safeParse(process.env[name])
  if (checked.success) return checked.data as z.output<(typeof VARIABLES)[Name]>
  const reason = process.env[name] === undefined ? 'is not set' : checked.error.issues[0]?.message
  throw new ExpectedError('unavailable', `The environment variable ${name} ${reason}`, {
    cause: checked.error,
  })
}

/** What is wrong with the variables that are set, for programs that are starting: said at once, and not when each is first needed. null = nothing. */
export function wrongEnvironment(): string | null {
  const wrong = (Object.keys(VARIABLES) as Variable[]).flatMap((name) => {
    const text = process.env[name]
    const checked = text === undefined ? null : VARIABLES[name].safeParse(text)
    return checked?.success === false ? [`${name} ${checked.error.issues[0]?.message}`] : []
  })
  // pages for signing in would fail for everybody
  if (process.env['OIDC_ISSUER']?.trim() && !process.env['OIDC_CLIENT_ID']?.trim())
    wrong.push('OIDC_CLIENT_ID must be set where OIDC_ISSUER is')
  return wrong.length === 0 ? null : `The environment's variables are wrong: ${wrong.join('; ')}.`
}

/** Ends a program that starts where its variables are wrong, with a sentence for whoever reads its log: by an error, Next would go on and answer each request with 500. */
export function requireEnvironment(): void {
  const wrong = wrongEnvironment()
  if (wrong === null) return
  process.stderr.write(`${wrong}\n`)
  process.exit(1)
}

/** Connection of the application's role: APP_DATABASE_URL, or the owner's login switched to that role. */
export function appDatabaseUrl(): string {
  const given = env('APP_DATABASE_URL')
  if (given !== undefined) return given
  const url = new URL(env('DATABASE_URL'))
  url.searchParams.set('options', `-c role=${APP_ROLE}`)
  return url.toString()
}

/** Where people reach the pages, without a trailing slash. */
export function baseUrl(): string {
  return (env('CORDON_BASE_URL') ?? `http://localhost:${env('PORT')}`).replace(/\/+$/, '')
}

/** Makes the sign-in library build its addresses on the base URL, not on the Host header that a client sends. */
export function pinSignInAddress(): void {
  if (env('CORDON_BASE_URL') !== undefined) process.env['AUTH_URL'] ??= baseUrl()
}
