export type LoadedModule = { path: string; signed: boolean; signer: string }
/** A connection; `name` = the process asks for it first. */
export type Contact = { name: string | null; ip: string; port: number }
/** What a process does after its start. */
export type Activity = { modules: LoadedModule[]; contacts: Contact[] }

export const SYSTEM32 = 'C:\\Windows\\System32\\'

/** A file of Windows, by its path below the system folder or whole. */
export const windowsModule = (path: string): LoadedModule => ({
  path: path.includes(':') ? path : `${SYSTEM32}${path}`,
  signed: true,
  signer: 'Microsoft Windows',
})
