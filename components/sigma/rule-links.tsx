import { ExternalLink } from 'lucide-react'

type RuleLinksProps = {
  /** As the rule's authors wrote them: only web addresses become links. */
  links: readonly string[]
  /** The rule, for those who hear the links. */
  named: string
}

/** Where a rule's authors point, by host name. Nothing is fetched until somebody follows one. */
export function RuleLinks({ links, named }: RuleLinksProps) {
  const pages = links.flatMap((link) => {
    const host = webHost(link)
    return host === null ? [] : [{ link, host }]
  })
  return pages.map(({ link, host }) => (
    <a
      key={link}
      href={link}
      target="_blank"
      rel="noopener noreferrer"
      referrerPolicy="no-referrer"
      title={link}
      className="link inline-flex items-center gap-1 text-small underline"
    >
      {host}
      <ExternalLink aria-hidden className="size-3" />
      <span className="sr-only">, on {named}</span>
    </a>
  ))
}

/** The host of an http or https address; null for anything else, which is never a link. */
export function webHost(link: string): string | null {
  const url = URL.canParse(link) ? new URL(link) : null
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url.host : null
}
