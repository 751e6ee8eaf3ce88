/** An XML element: attributes in the order given (undefined = left out), children in theirs; a text is the only child of its element. */
export type XmlElement = {
  name: string
  attributes: Readonly<Record<string, string | undefined>>
  children: readonly XmlElement[] | string
}

/** Names are the exporter's own, never data. */
export function element(
  name: string,
  attributes: XmlElement['attributes'] = {},
  children: XmlElement['children'] = [],
): XmlElement {
  return { name, attributes, children }
}

/** A whole document with its declaration, indented by two spaces. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${xmlFragment(root)}`
}

/** An element without a declaration, to be put into another document. */
export function xmlFragment(root: XmlElement): string {
  return `${render(root, '').join('\n')}\n`
}

function render({ name, attributes, children }: XmlElement, indent: string): string[] {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : ` ${key}="${escapeXml(value)}"`,
  )
  const open = `${indent}<${name}${written.join('')}`
  if (typeof children === 'string') return [`${open}>${escapeContent(children)}</${name}>`]
  if (children.length === 0) return [`${open} />`]
  return [`${open}>`, ...children.flatMap((child) => render(child, `${indent}  `)), `${indent}</${name}>`]
}

/** Not allowed in XML 1.0, even as references. */
const IMPOSSIBLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
/** Kept as references: markup, and what an editor would show as something else. */
const REFERENCED = /[&<>"'\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu
const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A text for an attribute. What XML cannot hold becomes U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(IMPOSSIBLE, '\ufffd')
    .replace(REFERENCED, (character) => NAMED[character] ?? `&#${character.codePointAt(0) ?? 0};`)
}

/** A text for an element: its lines stay lines. */
function escapeContent(text: string): string {
  return text.split('\n').map(escapeXml).join('\n')
}
