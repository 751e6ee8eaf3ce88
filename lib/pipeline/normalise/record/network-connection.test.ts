import { expect, test } from 'vitest'
import { toEvent } from './to-event'

test.each(['constructor', '__proto__', 'valueOf'])(
  'a direction or a protocol of the name %s is none that is known',
  (name) => {
    const forwarded = {
      type: 'ingress.event.netconn',
      timestamp: 1709280939,
      direction: name,
      protocol: name,
    }
    const filtered = {
      ...{ EventID: 5156, SourceName: 'Security', TimeCreated: '2024-03-01T08:15:39Z', Application: 'a' },
      ...{ Direction: name, Protocol: name },
    }
    for (const fields of [forwarded, filtered])
      expect(toEvent({ position: 1, recordId: null, fields }, { defaultHost: 'ws01' })).toMatchObject({
        event: { kind: 'network-connection', initiated: null, protocol: name.toLowerCase() },
      })
  },
)
