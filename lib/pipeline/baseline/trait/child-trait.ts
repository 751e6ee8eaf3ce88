import { programOf } from '@/lib/pipeline/baseline/parent'
import { storableText } from '@/lib/pipeline/storable-text'
import { toTrait } from './traits'

/** Windows starts them beside and after any program. */
const COMPANIONS: ReadonlySet<string> = new Set(['conhost.exe', 'werfault.exe', 'wermgr.exe'])

function nameOf(program: string): string {
  return program.slice(0, program.indexOf(' @ '))
}

/** The `child` trait of a process: the programs it started, "cmd.exe @ system". `images` are paths. */
export function childTrait(images: readonly string[]): string[] {
  const programs = images.map((image) => storableText(programOf(image)))
  return toTrait(programs.filter((program) => !COMPANIONS.has(nameOf(program))))
}

const SHELLS: ReadonlySet<string> = new Set([
  'cmd.exe',
  'powershell.exe',
  'pwsh.exe',
  'powershell_ise.exe',
  'wscript.exe',
  'cscript.exe',
  'mshta.exe',
  'bash.exe',
  'wsl.exe',
  'sh',
  'bash',
  'zsh',
])

/** Whether a value of the trait is a shell or a script host. */
export function isShellValue(value: string): boolean {
  return SHELLS.has(nameOf(value))
}
