import type { Random } from './random'

type Department = 'finance' | 'sales' | 'engineering' | 'people' | 'operations'

export type Person = {
  /** Account name without its domain. */
  account: string
  department: Department
  /** Local administrator rights. */
  admin: boolean
}

const FIRST = [
  'anna',
  'ben',
  'carla',
  'david',
  'elena',
  'felix',
  'grace',
  'hugo',
  'ines',
  'jonas',
  'kira',
  'liam',
  'maya',
  'noah',
  'olga',
  'priya',
  'quentin',
  'rosa',
  'samir',
  'tara',
] as const
const LAST = [
  'adler',
  'baker',
  'costa',
  'dubois',
  'evans',
  'fischer',
  'gupta',
  'huber',
  'ito',
  'jansen',
  'keller',
  'lopez',
  'meier',
  'novak',
  'okafor',
  'patel',
  'quinn',
  'rossi',
  'singh',
  'tanaka',
] as const
const DEPARTMENTS = ['finance', 'sales', 'sales', 'people', 'operations', 'operations'] as const

/** A person for host number `index`; the number keeps account names unique in large fleets. */
export function personFor(random: Random, index: number, developer: boolean): Person {
  const suffix = index < 20 ? '' : String(index)
  return {
    account: `${random.pick(FIRST)}.${random.pick(LAST)}${suffix}`,
    department: developer ? 'engineering' : random.pick(DEPARTMENTS),
    admin: random.chance(developer ? 0.6 : 0.08),
  }
}

export const ADMINISTRATORS = ['adm-keller', 'adm-singh', 'adm-lopez', 'adm-baker'] as const
