import { expect, test } from 'vitest'
import { requireHardToGuess } from './guessable-password'

const ABOUT = ['mia.winter@corp.example', 'Mia Winter']
const check = (password: string) => requireHardToGuess(password, ABOUT)

test.each([
  'password1234',
  'P@ssw0rd1234',
  'iloveyou1234',
  'passwordpassword',
  'administrator1',
  'changeme12345',
  '1q2w3e4r5t6y',
  'qwertyuiop12',
  '123456789012',
  'Summer2024!!!',
  'aaaaaaaaaaaaaaaa',
  'cordoncordon',
  'cordon2026!!',
])('%s is refused as easy to guess', async (password) => {
  await expect(check(password)).rejects.toThrow('too easy to guess')
})

test.each(['mia.winter@corp.example', 'MiaWinter2026', 'winter.corp.1'])(
  '%s is refused, for it is made of what is known of the person',
  async (password) => {
    await expect(check(password)).rejects.toThrow('too easy to guess')
  },
)

test.each([
  'cordon-demo-fleet',
  'a long enough password',
  'copper lantern drift nine',
  'x7Gq-2mPl9-vbTr',
  'пароль для входа в систему',
])('%s is taken', async (password) => {
  await expect(check(password)).resolves.toBeUndefined()
})

test('no more than the beginning of a long one is looked at', async () => {
  const tail = 'copper lantern drift nine'
  await expect(check('a'.repeat(64) + tail)).rejects.toThrow('too easy to guess')
  await expect(check('a'.repeat(40) + tail)).resolves.toBeUndefined()
})
