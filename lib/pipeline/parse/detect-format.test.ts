import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detectFormat, READABLE_KINDS, unreadableReason } from './detect-format'

const tar = Buffer.concat([Buffer.alloc(257, 'x'), Buffer.from('ustar\0')])

test.each<[string, string | Uint8Array, string]>([
  ['an event log', 'ElfFile\0\0\0', 'evtx'],
  ['an old event log', '0\0\0\0LfLe', 'legacy-evt'],
  [
    'what wevtutil prints as text',
    'Event[0]\r\n  Log Name: Security\r\n  Source: Microsoft',
    'wevtutil-text',
  ],
  ['what wevtutil prints in German', 'Event[0]\r\n  Protokollname: Security\r\n', 'wevtutil-text'],
  [
    'PowerShell’s own objects',
    '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">',
    'clixml',
  ],
  ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), 'gzip'],
  ['zip', 'PK\x03\x04', 'zip'],
  ['an empty zip', 'PK\x05\x06', 'zip'],
  ['tar', tar, 'tar'],
  ['another archive', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), 'other-archive'],
  ['nothing', '', 'empty'],
  ['blank lines', '\ufeff \r\n', 'empty'],
  ['a JSON object', ' {"a": 1}', 'json'],
  ['a pretty-printed array', '\ufeff[\r\n  {\r\n', 'json'],
  ['an array without a break', '[{"a"', 'json'],
  ['JSON in UTF-16', Buffer.from('{"a": 1}', 'utf16le'), 'json'],
  ['JSON in big-endian UTF-16', Buffer.from('\ufeff{"a": 1}', 'utf16le').swap16(), 'json'],
  ['lines that begin like an array', '[INFO] started, {ok}, fine\n', 'text'],
  ['a table', 'EventID,NewProcessName,CommandLine\n', 'csv'],
  ['a table with an unnamed column', ',EventID,NewProcessName,CommandLine\n', 'csv'],
  ['a table in UTF-16', Buffer.from('\ufeffEventID,Image,CommandLine', 'utf16le'), 'csv'],
  ['a sentence', 'Hello, this is a text.\nAnd more, of it, here.', 'text'],
  ['a table of numbers only', '1,2,3\n4,5,6\n', 'text'],
  ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0', 'git-lfs-pointer'],
  ['XML', '\ufeff<?xml version="1.0"?><Events>', 'xml'],
  ['XML with characters that it forbids', '<Events><Event><a>\u001b\0</a>', 'xml'],
  ['XML with words before each event', "Mar  1 ws01 <Event xmlns='x'><System>", 'xml'],
  ['what evtx_dump prints of a log', '\ufeffRecord 1\r\n{\r\n  "Event": {', 'evtx-dump-json'],
  ['a text about a record', 'Record 1 of {many}, as it is', 'text'],
  ['JSON behind a syslog header', '<14>Mar  1 09:15:41 ws01 app: {"EventID":1}\n', 'syslog-lines'],
  ['JSON behind a date', 'Mar  1 09:15:41 ws01 app[12]: {"EventID":1}\n', 'syslog-lines'],
  ['JSON behind a bare priority', '<14>{"EventID":1}\n', 'syslog-lines'],
  ['JSON behind a date without its T', '2024-03-01 08:15:39 ws01 {"EventID":1}\n', 'syslog-lines'],
  ['a sentence of tags', '# Notes, and more, for all\n', 'text'],
  [
    'JSON behind structured data, in a later line',
    '<13>1 2024-03-01T09:15:41Z ws01 su - - - opened\n<14>1 2024-03-01T09:15:41.57+01:00 ws01 x 3 - [a@1 b="{\\"c"] { "EventID":1}',
    'syslog-lines',
  ],
  ['syslog without JSON', '<14>Mar  1 09:15:41 ws01 su: session opened for {root}\n', 'text'],
  [
    'Snare’s lines, whose tabs rsyslog wrote',
    'Mar  1 09:15:41 ws01 MSWinEventLog#0111#011Security',
    'syslog-lines',
  ],
  [
    'a command line with JSON in Snare’s lines',
    '<14>Mar  1 09:15:41 ws01 MSWinEventLog\t1\tx {"a"',
    'syslog-lines',
  ],
  [
    'JSON that quotes Snare',
    '<14>Mar  1 09:15:41 ws01 app: {"message":"x MSWinEventLog\t1"}\n',
    'syslog-lines',
  ],
  [
    'JSON that quotes the Common Event Format',
    '<14>Mar  1 09:15:41 ws01 app: {"m":"CEF:0|a|b"}\n',
    'syslog-lines',
  ],
  ['what Logstash prints for people', '{\n      "@timestamp" => 2024-03-01T08:15:39.571Z,\n', 'ruby-debug'],
  ['XML that quotes that', '<Event><System/><a>x\n{\n  "a" => 1\n}\n</a>', 'xml'],
  ['a table that quotes that', 'EventID,NewProcessName,CommandLine\n4688,a,"x\n{\n  "a" => 1\n}"', 'csv'],
  ['wevtutil’s text that quotes that', 'Event[0]\n  Log Name: a\n{\n  "a" => 1\n}', 'wevtutil-text'],
  ['that behind Logstash’s own words', '[INFO ] started\n{\n    "a" => "b"\n}\n', 'ruby-debug'],
  [
    'what PowerShell shows',
    'TimeCreated  : 3/1/2024\r\nProviderName : x\r\nId           : 1\r\n',
    'format-list',
  ],
  [
    'what PowerShell shows of a command line that quotes CEF',
    'TimeCreated  : 3/1/2024\r\nProviderName : x\r\nId           : 1\r\nMessage      : CEF:0|a|b\r\n',
    'format-list',
  ],
  ['what Fluent Bit prints', '[0] winlog.0: [[1709280941.000000000, {}], {"a"=>1}]', 'fluent-stdout'],
  ['Snare’s lines', '<14>Mar  1 09:15:41 ws01 MSWinEventLog\t1\tSecurity\t99\t', 'syslog-lines'],
  [
    'the Common Event Format',
    '<14>Mar  1 09:15:41 ws01 CEF:0|Microsoft|Windows||4688|a|Low|b',
    'syslog-lines',
  ],
  [
    'CEF that quotes XML',
    '<14>Mar  1 09:15:41 ws01 CEF:0|a|b|c|d|e|f|cs4=<Event a><System >',
    'syslog-lines',
  ],
  ['XML that quotes CEF', '<14>Mar  1 09:15:41 ws01 <Event a><System> CEF:0|a|b|c|d|e|f|', 'xml'],
  ['XML behind a syslog header', "<14>Mar  1 09:15:41 ws01 app: <Event xmlns='x'><System>", 'xml'],
  ['Splunk text', '02/17/2022 02:15:47 AM\r\nLogName=Security\r\n', 'splunk-text'],
  ['an Event Viewer table', '\ufeffLevel,Date and Time,Source,Event ID,Task Category\r\n', 'event-viewer'],
  ['an Event Viewer text', 'Level\tDate and Time\tSource\tEvent ID\tTask Category', 'event-viewer'],
  ['the Security log’s', 'Keywords,Date and Time,Source,Event ID,Task Category\r\n', 'event-viewer'],
  [
    'an Event Viewer table in German',
    'Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie\r\nInformationen,06.03.2018 08:15:39,Sysmon,1,x,"Process Create:\r\n',
    'event-viewer',
  ],
  ['a table of five columns', 'Level,Date,Source,ID,Text\r\nx,2018-03-06 08:15:39,y,1,z\r\n', 'csv'],
  [
    'a table of five columns of which a quoted date has a comma',
    'TimeGenerated,Computer,EventID,NewProcessName,CommandLine\r\n"3/1/2024, 8:15:39.571 AM",ws01,4688,C:\\a.exe,a\r\n',
    'csv',
  ],
  [
    'a table of five columns that is read as such',
    'Computer,TimeGenerated,NewProcessName,EventID,CommandLine\r\nws01,2024-03-01T08:15:39Z,C:\\a.exe,4688,"a b,c"\r\n',
    'csv',
  ],
  [
    'an Event Viewer table with a quoted date',
    'Ebene,Datum,Quelle,ID,Kategorie\r\nInformationen,"1. 3. 2024, 08:15:39",Sysmon,1,x,"Process Create:\r\n',
    'event-viewer',
  ],
  ['a program', 'MZ\x90\0\x03\0', 'binary'],
])('%s is told by its content', (_, head, kind) => {
  expect(detectFormat(typeof head === 'string' ? Buffer.from(head, 'utf8') : head)).toEqual({ kind })
})

test('what is not read says why, and what is read does not', () => {
  expect(unreadableReason({ kind: 'git-lfs-pointer' })).toContain('fetch the real file')
  for (const kind of READABLE_KINDS) expect(unreadableReason({ kind })).toBeNull()
})

test('any bytes have some format', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => detectFormat(bytes).kind.length > 0))
})
