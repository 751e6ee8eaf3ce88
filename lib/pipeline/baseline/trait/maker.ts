/** Words of company names that name no company: legal forms, and what half of all software makers call themselves. */
const GENERIC = new Set(
  (
    'inc corp corporation company limited gmbh llc ltd plc ohg oyj spol sarl kabushiki kaisha the and for of software solutions systems system ' +
    'technologies technology group holding holdings international global europe america network networks services service data digital media ' +
    'cloud security tools update updates common files bin lib plugins addin addins shared temp cache client server windows'
  ).split(' '),
)
const NAME_LENGTH_MIN = 3
const PREFIX_LENGTH_MIN = 4

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= NAME_LENGTH_MIN && !GENERIC.has(word))
}

function isNamedAfter(folder: string, word: string): boolean {
  return folder === word || (word.length >= PREFIX_LENGTH_MIN && folder.startsWith(word))
}

/**
 * Whether one of a file's folders bears the name of who signed it: products lie in their maker's folder. Names alone prove nothing: ask only where the host
 * found the signature valid.
 * @param folders names of the folders above the file, below the one that everybody has
 * @param signer as printed, "Lexmark International, Inc."
 */
export function liesWithMaker(folders: readonly string[], signer: string): boolean {
  const makers = wordsOf(signer)
  return folders.flatMap(wordsOf).some((folder) => makers.some((word) => isNamedAfter(folder, word)))
}
