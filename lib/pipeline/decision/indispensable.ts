/** What Windows does not work without, with what to decide on instead; each a clause. */
type Need = { why: string; instead: string }

const ITS_LOADER = 'the program that is told to load it, as rundll32.exe'
const ITS_CHILDREN = 'the program that it starts'

/**
 * By slug. Only what is sure: Explorer, services or every console program stop without it. Origin: what Windows itself loads and starts.
 * rundll32.exe is not here: hosts run without it, with losses that its page shows.
 */
const INDISPENSABLE: ReadonlyMap<string, Need> = new Map([
  ['shell32.dll', { why: 'Explorer and almost every program with a window load it', instead: ITS_LOADER }],
  ['setupapi.dll', { why: 'devices, drivers and installations need it', instead: ITS_LOADER }],
  ['explorer.exe', { why: 'it is the desktop of everybody who signs in', instead: ITS_CHILDREN }],
  ['conhost.exe', { why: 'every console program and script runs in it', instead: ITS_CHILDREN }],
])

export const INDISPENSABLE_SLUGS: readonly string[] = [...INDISPENSABLE.keys()]

/** Why nobody can refuse to start or load it, two sentences; null = it can be refused. */
export function indispensableOf({ slug, name }: { slug: string; name: string }): string | null {
  const need = INDISPENSABLE.get(slug)
  return need === undefined
    ? null
    : `Windows does not work without ${name}: ${need.why}. Decide on ${need.instead}.`
}
