import { takeRecoveryCode, takeTotpStep } from '@/lib/store/two-step'
import { toRecoveryCode } from './recovery-code'
import { findTotpStep } from './totp'

/** Whether this is a code of the account's authenticator, or one of its recovery codes. Each is taken once. */
export async function verifyCode(
  account: { id: string; totpSecret: string | null },
  typed: string,
  now: Date,
): Promise<boolean> {
  const step = findTotpStep(account, typed.replaceAll(/\s/g, ''), now)
  if (step !== null) return await takeTotpStep(account.id, step)
  return await takeRecoveryCode(account.id, toRecoveryCode(typed), now)
}
