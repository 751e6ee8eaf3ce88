/** Column separators in use: comma, the semicolon of spreadsheets in much of Europe, tab. */
const SEPARATORS = [',', ';', '\t'] as const
export type Separator = (typeof SEPARATORS)[number]
/** Where a column's times hold, as a label beside its name says. */
export type Zone = 'UTC' | 'local'

/** The line that PowerShell 5 writes before a table's header, and the one that tells Excel the separator. */
const TYPE_LINE = /^\s*(?:#TYPE [^\r\n]*|"?sep=[^\r\n]"?)\r?\n/i
/** Sentinel prints the zone beside the name: "TimeGenerated [UTC]". */
const ZONE_LABEL = / \[(?:(UTC)|Local Time)\]$/

export function withoutTypeLine(text: string): string {
  return text.replace(TYPE_LINE, '')
}

/** The first line of a text that has one. */
export function splitHeaderLine(text: string): string {
  const start = text.search(/[^\r\n]/)
  return start === -1 ? '' : (text.slice(start).split(/[\r\n]/, 1)[0] ?? '')
}

/** A header's columns, trimmed and unquoted, the zones beside their names, and the separator that makes the most of them. */
export function headerCells(line: string): { separator: Separator; cells: string[]; zones: (Zone | null)[] } {
  const splits = SEPARATORS.map((separator) => ({ separator, cells: line.split(separator) }))
  const { separator, cells } = splits.reduce((best, split) =>
    split.cells.length > best.cells.length ? split : best,
  )
  const names = cells.map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
  return {
    separator,
    cells: tableColumns(names.map((name) => name.replace(ZONE_LABEL, '').trim())),
    zones: names.map(zoneOf),
  }
}

/** What Defender's timeline of a device calls otherwise than its tables, but for blanks. */
const TIMELINE_NAMES: ReadonlyMap<string, string> = new Map([
  ['EventTime', 'Timestamp'],
  ['ComputerName', 'DeviceName'],
  ['Sha1', 'SHA1'],
  ['Sha256', 'SHA256'],
  ['InitiatingProcessID', 'InitiatingProcessId'],
])

/** The columns of a timeline by the names of the tables that have the same. */
function tableColumns(cells: string[]): string[] {
  if (!['Event Time', 'Computer Name', 'Action Type'].every((name) => cells.includes(name))) return cells
  return cells.map((cell) => {
    const name = cell.replaceAll(' ', '')
    return TIMELINE_NAMES.get(name) ?? name
  })
}

function zoneOf(name: string): Zone | null {
  const label = ZONE_LABEL.exec(name)
  return label === null ? null : label[1] === undefined ? 'local' : 'UTC'
}

/** The tables that are read, each with the columns it cannot do without. */
const TABLES: readonly { name: string; columns: readonly string[] }[] = [
  {
    name: 'Defender DeviceProcessEvents',
    columns: ['Timestamp', 'DeviceName', 'FileName', 'ProcessCommandLine'],
  },
  {
    name: 'Defender DeviceImageLoadEvents, DeviceNetworkEvents',
    columns: ['Timestamp', 'DeviceName', 'ActionType', 'InitiatingProcessFileName'],
  },
  {
    name: 'tables of Defender in Log Analytics',
    columns: ['TimeGenerated', 'DeviceName', 'ActionType', 'InitiatingProcessFileName'],
  },
  { name: 'process creations of the Security log (SecurityEvent)', columns: ['EventID', 'NewProcessName'] },
  { name: 'process creations of Sysmon', columns: ['EventID', 'Image', 'UtcTime'] },
  {
    name: 'Windows events of Log Analytics (Event, WindowsEvent)',
    columns: ['EventID', 'EventData', 'TimeGenerated'],
  },
  {
    name: 'Windows events of Log Analytics (Event) without their data',
    columns: ['EventID', 'ParameterXml', 'TimeGenerated'],
  },
  { name: 'events of PowerShell', columns: ['Id', 'TimeCreated', 'Message'] },
  { name: 'Windows events of Log Parser', columns: ['EventID', 'SourceName', 'TimeGenerated', 'Strings'] },
  { name: 'findings of Chainsaw', columns: ['timestamp', 'Event ID', 'Computer', 'Event Data'] },
  { name: 'timeline of Plaso (dynamic)', columns: ['datetime', 'source_long', 'message'] },
  { name: 'timeline of Plaso (l2tcsv)', columns: ['date', 'time', 'MACB', 'sourcetype', 'desc'] },
  { name: 'events of EvtxECmd', columns: ['EventId', 'Provider', 'Computer', 'TimeCreated', 'Payload'] },
  { name: 'events that Splunk exported as they came', columns: ['_raw'] },
  { name: 'Windows events that Splunk exported by field', columns: ['EventCode', '_time'] },
  { name: 'processes of Splunk’s Common Information Model', columns: ['process_name', 'process', '_time'] },
  { name: 'processes of CrowdStrike', columns: ['event_simpleName', 'ImageFileName'] },
  {
    name: 'processes of SentinelOne (Deep Visibility)',
    columns: ['eventType', 'eventTime', 'endpointName', 'tgtProcImagePath'],
  },
  {
    name: 'processes of SentinelOne (data lake)',
    columns: ['event.type', 'event.time', 'endpoint.name', 'tgt.process.image.path'],
  },
  {
    name: 'processes of Microsoft Sentinel’s information model (ASIM)',
    columns: ['TimeGenerated', 'EventType', 'TargetProcessName'],
  },
  { name: 'process creations of Velociraptor', columns: ['Timestamp', 'PPID', 'PID', 'Name'] },
  { name: 'Windows events of Velociraptor', columns: ['EventID', 'EventData', 'Computer'] },
  { name: 'events of winlogbeat that Kibana exported', columns: ['@timestamp', 'winlog.event_id'] },
  { name: 'events that Kibana exported', columns: ['@timestamp', 'event.code', 'process.executable'] },
  {
    name: 'processes that Kibana exported',
    columns: ['@timestamp', 'event.category', 'event.type', 'process.executable'],
  },
  { name: 'Windows events of Wazuh', columns: ['timestamp', 'data.win.system.eventID'] },
  { name: 'events of winlogbeat in Graylog', columns: ['timestamp', 'winlogbeat_winlog_event_id'] },
  { name: 'processes of Velociraptor (Pslist)', columns: ['CreateTime', 'Ppid', 'Pid', 'Name'] },
  {
    name: 'Sysmon by the names of older parsers for Microsoft Sentinel',
    columns: ['EventID', 'UtcTime', 'process_guid', 'process_path'],
  },
  { name: 'processes that Fleet exported', columns: ['host_display_name', 'pid', 'path', 'cmdline'] },
  { name: 'timeline of Hayabusa', columns: ['Timestamp', 'RuleTitle', 'Channel', 'EventID', 'Details'] },
  {
    name: 'processes of Cortex XDR',
    columns: ['_time', 'action_process_image_path', 'action_process_image_command_line'],
  },
  {
    name: 'process creations of CrowdStrike without their name',
    columns: ['ImageFileName', 'CommandLine', 'ParentBaseFileName'],
  },
  {
    name: 'process creations of Sysmon without their id',
    columns: ['Image', 'CommandLine', 'ParentImage'],
  },
  {
    name: 'process creations of the Security log without their id',
    columns: ['NewProcessName', 'CommandLine'],
  },
]
const SHOWN_COLUMNS = 40
/** Tables that lack the least. */
const SHOWN_TABLES = 3

/** Null when the columns are enough for one of the tables; else what is there and what the nearest tables would need. */
export function missingColumns(columns: readonly string[]): string | null {
  // Falcon's search puts it before the names of tags
  const present = new Set(columns.map((column) => column.replace(/^#/, '')))
  const gaps = TABLES.map(({ name, columns: needed }) => ({
    name,
    missing: needed.filter((column) => !present.has(column)),
  }))
  if (gaps.some(({ missing }) => missing.length === 0)) return null
  const nearest = gaps.sort((a, b) => a.missing.length - b.missing.length).slice(0, SHOWN_TABLES)
  const needs = nearest.map(({ name, missing }) => `${name} would need ${missing.join(', ')}`)
  const shown = columns.slice(0, SHOWN_COLUMNS).map((column) => column.slice(0, 128))
  const more = columns.length > SHOWN_COLUMNS ? ` and ${columns.length - SHOWN_COLUMNS} more` : ''
  return `none of the tables that are read; it has the columns ${shown.join(', ')}${more}; ${needs.join('; ')}`
}
