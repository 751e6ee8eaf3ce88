import { randomInt } from 'node:crypto'

/** Without those that are read for each other. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 16
export const RECOVERY_CODES = 10

/** One-time codes of 79 random bits each, in groups of four. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length)))
      .join('')
      .replaceAll(/(.{4})(?=.)/g, '$1-'),
  )
}

/** As it was made, however it was typed. */
export function toRecoveryCode(typed: string): string {
  return typed
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replaceAll(/(.{4})(?=.)/g, '$1-')
}
