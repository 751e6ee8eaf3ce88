import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('tools without a grammar', () => {
  test.each([
    [
      'certreq.exe',
      'certreq -Post -config https://example.com/ C:\\a.ini',
      'certreq /post /config https://example.com/ <drive-root>\\a.ini',
      'certreq|/post|url|-',
      ['remote-url'],
      null,
    ],
    [
      'pktmon.exe',
      'pktmon start --etw -m real-time',
      'pktmon start /etw /m real-time',
      'pktmon|start|-|-',
      [],
      null,
    ],
    [
      'pnputil.exe',
      'pnputil /add-driver C:\\Users\\Public\\a.inf /install',
      'pnputil /add-driver <public>\\a.inf /install',
      'pnputil|/add-driver|public|inf',
      ['public-folder'],
      null,
    ],
  ])('%s: %s', (slug, line, pattern, shape, facts, hosted) => {
    expect(readToolUse(slug, line, `C:\\Windows\\System32\\${slug}`)).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
