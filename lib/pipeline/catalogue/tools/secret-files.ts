import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import { cleanPath } from '@/lib/pipeline/normalise/command-line/clean-path'
import type { Argument, CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'

/** The directory's database, and the registry's own files for accounts, their secrets and the key to both (ATT&CK T1003.002, T1003.003). Windows drops dots behind a name. */
const SECRETS =
  /(?:^|[\\/"':=,\s])ntds\.[dit?*]{1,3}\.{0,8}(?:::\$data)?(?=$|["',;\s])|[\\/]config[\\/](?:regback[\\/])?(?:sam|security|system)\.{0,8}(?:::\$data)?(?=$|["',;\s])/
/** Where browsers and Windows keep what their user typed and was given (T1555.003, T1539). */
const BROWSERS_SECRETS =
  /[\\/](?:login data|cookies|web data|key[34]\.db|logins\.json|webcachev01\.dat)(?=$|["',;])|[\\/]windows[\\/]webcache(?=$|["',;\s\\/])/
const PROCESS_OF_SECRETS = /(?:^|[\\/"'\s])lsass[\w.-]{0,32}\.dmp(?=$|["',;\s])/
/** The folders that hold the first, or whatever lies in them. */
const FOLDERS =
  /[\\/](?:ntds|system32[\\/]config)(?:[\\/][^\\/"',;\s]{0,32}\*[^\\/"',;\s]{0,32})?[\\/.]{0,8}(?=$|["',;\s])/

/** Whether a cleaned text names a file that holds the secrets of a host or of its domain. */
export function namesSecrets(text: string): boolean {
  return SECRETS.test(text) || PROCESS_OF_SECRETS.test(text)
}

/** … those of one user. */
export function namesUserSecrets(text: string): boolean {
  return BROWSERS_SECRETS.test(text)
}

/** … or the folder that they lie in. */
export function namesSecretFolders(text: string): boolean {
  return FOLDERS.test(text)
}

/** Options before a path that is joined to them: `-items:`, `/l`. */
const OPTION = /^[-/][a-z]{1,32}[:=]?(?=[a-z]:|[\\/])/

/** Each path of a command line in one spelling: `config\.\SAM` and `config\\SAM` are `config\SAM`. */
export function pathsOf(args: readonly Argument[]): readonly string[] {
  return args
    .flatMap(({ value }) => cleanText(value).replaceAll('"', '').split(/[,;]/))
    .map((path) => cleanPath(path.trim().replace(OPTION, '')))
}

/** Whether what follows the tool's name tells of secrets, as it was written or with its paths in one spelling. */
export function lineNames(line: CommandLine, names: (text: string) => boolean): boolean {
  return names(cleanText(line.text.slice(line.tailStart))) || pathsOf(line.args).some(names)
}
