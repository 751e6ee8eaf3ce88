const NUMBER = /^(?:-?\d{1,20}|0x[0-9a-f]{1,16})$/i
const DECIMAL = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i
const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z?$/
const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i
const TICKS_PER_SECOND = 10_000_000

/** How two readers' texts for one value agree: 'equal', in what way one prints it otherwise, or null where they mean different things. */
export function agreement(ours: string, theirs: string): string | null {
  if (ours === theirs) return 'equal'
  return (
    asNumbers(ours, theirs) ??
    asTimes(ours, theirs) ??
    asGuids(ours, theirs) ??
    asDecimals(ours, theirs) ??
    asTexts(ours, theirs) ??
    asBinary(ours, theirs)
  )
}

/** 0x29936 and 0x0000000000029936, 0x4 and 4; an unsigned one read as signed is no agreement. */
function asNumbers(ours: string, theirs: string): string | null {
  const isSame = NUMBER.test(ours) && NUMBER.test(theirs) && toBigInt(ours) === toBigInt(theirs)
  return isSame ? 'number: hexadecimal or padded otherwise' : null
}

function toBigInt(text: string): bigint {
  return text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text)
}

/** Times in fewer digits, or as seconds since 1970 in a float, which holds them to a microsecond. */
function asTimes(ours: string, theirs: string): string | null {
  const [a, b] = [ticksOf(ours), ticksOf(theirs)]
  if (a === null || b === null) return null
  if (a === b) return 'time: printed otherwise'
  return Math.abs(Number(a - b)) <= 40 ? 'time: rounded to microseconds by the other reader' : null
}

function ticksOf(text: string): bigint | null {
  const match = TIME.exec(text)
  if (match !== null) {
    const [, day, second, fraction = ''] = match
    const ticks = BigInt(fraction.slice(0, 7).padEnd(7, '0'))
    return BigInt(Date.parse(`${day}T${second}Z`) / 1000) * BigInt(TICKS_PER_SECOND) + ticks
  }
  return DECIMAL.test(text) ? BigInt(Math.round(Number(text) * TICKS_PER_SECOND)) : null
}

function asGuids(ours: string, theirs: string): string | null {
  const [a, b] = [GUID.exec(ours)?.[1], GUID.exec(theirs)?.[1]]
  return a !== undefined && a.toLowerCase() === b?.toLowerCase() ? 'GUID: case or braces' : null
}

function asDecimals(ours: string, theirs: string): string | null {
  if (!DECIMAL.test(ours) || !DECIMAL.test(theirs)) return null
  const [a, b] = [Number(ours), Number(theirs)]
  return Math.abs(a - b) <= Math.abs(a) * 1e-6 ? 'number: digits of a float' : null
}

function asTexts(ours: string, theirs: string): string | null {
  if (ours.toLowerCase() === theirs.toLowerCase() && /^(?:true|false)$/i.test(ours))
    return 'truth value: case'
  return plain(ours) === plain(theirs) ? 'text: white space, line ends, characters XML forbids' : null
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
  return text.replace(/[\s\0-\x1f\ufffd-\uffff]/g, '')
}

function asBinary(ours: string, theirs: string): string | null {
  const isHex = /^(?:[0-9A-F]{2})+$/.test(ours)
  const isSame =
    isHex &&
    (theirs.toUpperCase() === ours || Buffer.from(theirs, 'base64').toString('hex').toUpperCase() === ours)
  return isSame ? 'binary: case or base64' : null
}
