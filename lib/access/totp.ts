import { Secret, TOTP } from 'otpauth'
import { seal, unseal } from './sealed'

const PURPOSE = 'totp'
/** RFC 6238 with what every authenticator knows: SHA-1, six digits, thirty seconds. */
const STEP_SECONDS = 30
/** Clocks differ: the step before and the one after are taken too (RFC 6238, 5.2). */
const WINDOW = 1
const SECRET_BYTES = 20

function totp(secret: string, email = ''): TOTP {
  return new TOTP({
    issuer: 'Cordon',
    label: email,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_SECONDS,
  })
}

/** A new secret: as the authenticator takes it (base32, and as an otpauth: address), and as the database keeps it. */
export function newTotpSecret(account: { accountId: string; email: string }) {
  const secret = new Secret({ size: SECRET_BYTES }).base32
  return {
    secret,
    uri: totp(secret, account.email).toString(),
    sealed: seal(PURPOSE, account.accountId, secret),
  }
}

/** The time step (thirty seconds since 1970) whose code this is, near `now`; null when it is none. */
export function findTotpStep(
  account: { id: string; totpSecret: string | null },
  code: string,
  now: Date,
): number | null {
  const secret = account.totpSecret === null ? null : unseal(PURPOSE, account.id, account.totpSecret)
  if (secret === null || !/^\d{6}$/.test(code)) return null
  const delta = totp(secret).validate({ token: code, timestamp: now.getTime(), window: WINDOW })
  return delta === null ? null : Math.floor(now.getTime() / 1000 / STEP_SECONDS) + delta
}
