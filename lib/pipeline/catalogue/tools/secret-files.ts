/** The directory's database, and the registry's own files for accounts, their secrets and the key to both (ATT&CK T1003.002, T1003.003). */
const SECRETS =
  /(?:^|[\\/"':=,\s])ntds\.dit(?=$|["',;\s])|[\\/]config[\\/](?:regback[\\/])?(?:sam|security|system)(?=$|["',;\s])/
/** Where browsers and Windows keep what their user typed and was given (T1555.003, T1539). */
const BROWSERS_SECRETS =
  /[\\/](?:login data|cookies|web data|key[34]\.db|logins\.json|webcachev01\.dat)(?=$|["',;])|[\\/]windows[\\/]webcache(?=$|["',;\s\\/])/
const PROCESS_OF_SECRETS = /(?:^|[\\/"'\s])lsass[\w.-]{0,32}\.dmp(?=$|["',;\s])/

/** Whether a cleaned text names a file that holds the secrets of a host or of its domain. */
export function namesSecrets(text: string): boolean {
  return SECRETS.test(text) || PROCESS_OF_SECRETS.test(text)
}

/** … those of one user. */
export function namesUserSecrets(text: string): boolean {
  return BROWSERS_SECRETS.test(text)
}
