import type { JsonObject } from '@/lib/pipeline/event/raw-record'

const NAMED_DATA = /<Data Name=(?:"([^"]*)"|'([^']*)')\s*(?:\/>|>([^<]*)<)/g
const ENTITY = /&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi
const NAMED_ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** The fields of an `<EventData><Data Name="…">…</Data></EventData>` kept as text, as Log Analytics does. */
export function eventDataOfXml(xml: string): JsonObject {
  const fields = [...xml.matchAll(NAMED_DATA)].map(([, double, single, value = '']) => [
    decodeEntities(double ?? single ?? ''),
    decodeEntities(value),
  ])
  return Object.fromEntries(fields) as JsonObject
}

/** XML's five entities and numbered characters. */
export function decodeEntities(escaped: string): string {
  if (!escaped.includes('&')) return escaped
  return escaped.replace(ENTITY, (entity, name?: string, decimal?: string, hexadecimal?: string) => {
    if (name !== undefined) return NAMED_ENTITIES[name.toLowerCase()] ?? entity
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity
  })
}
