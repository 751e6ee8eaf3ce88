const HERE = 'http://here.invalid'

/**
 * The path of this site that a link asks to go on to, read as a browser reads it ("/\t/evil.example" is another site); else '/'.
 */
export function ownPath(asked: unknown): string {
  if (typeof asked !== 'string' || !asked.startsWith('/') || !URL.canParse(asked, HERE)) return '/'
  const url = new URL(asked, HERE)
  return url.origin === HERE && !url.pathname.startsWith('//')
    ? `${url.pathname}${url.search}${url.hash}`
    : '/'
}
