import { UNREPORTED } from '@/lib/pipeline/baseline/trait/traits'
import type { BlockedEntry } from './controls'
import type { JudgedSignature, JudgedUse } from './what-if'

/** mshta as the catalogue has it, for tests. */
export const MSHTA: BlockedEntry = {
  slug: 'mshta.exe',
  name: 'Mshta.exe',
  kind: 'binary',
  platform: 'windows',
  originalFileNames: ['mshta.exe'],
  paths: ['C:\\Windows\\System32\\mshta.exe', 'C:\\Windows\\SysWOW64\\mshta.exe'],
}

/** A row of use as tests describe it; what is left out is a person opening a file from Explorer. */
export function exampleUse(
  use: Partial<Omit<JudgedUse, 'signature'>> & {
    signature?: Partial<Omit<JudgedSignature, 'features'>>
    parent?: string | null
    userClass?: string | null
  } = {},
): JudgedUse {
  const { signature, parent = 'explorer.exe @ windows', userClass = 'standard user, medium', ...rest } = use
  const pattern = signature?.pattern === undefined ? '{desktop}\\form.hta' : signature.pattern
  return {
    hostId: 1,
    groupId: null,
    user: { name: 'CORP\\ada', sid: null },
    ...rest,
    signature: {
      target: { class: 'desktop', extension: 'hta' },
      traits: UNREPORTED,
      parentName: parent?.split(' @ ')[0] ?? null,
      renamed: false,
      impostor: false,
      imageFolderExpected: true,
      ...signature,
      pattern,
      features: {
        pattern,
        shape: pattern,
        parent,
        pair: null,
        lineage: null,
        user: userClass,
        identity: 'system',
        tool: 'mshta.exe',
        habit: null,
      },
    },
  }
}
