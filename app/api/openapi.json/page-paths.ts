import { ChangesAnswer, ChangesQuery } from '@/app/api/deviations/changes/changes-contract'
import { WaitingAnswer } from '@/app/api/waiting/waiting-contract'
import { answer, FAILURES, type Json, operation, queryParameters, signedIn, text } from './parts'

/** What open pages ask to stay up to date. */
export function pagePaths(): Json {
  return {
    '/api/live': {
      get: {
        ...signedIn(
          'live',
          'Server-sent events with the kinds of what changed; the stream ends after five minutes, and is opened again.',
        ),
        responses: {
          '200': text(
            'data: a JSON list of kinds, such as ["deviation"]; "anything" after a gap',
            'text/event-stream',
          ),
          ...FAILURES,
        },
      },
    },
    '/api/waiting': {
      get: {
        ...operation('waiting', 'How much waits for somebody.', 'read'),
        responses: { '200': answer('The counts beside the pages’ names', WaitingAnswer), ...FAILURES },
      },
    },
    '/api/deviations/changes': {
      get: {
        ...signedIn(
          'deviationChanges',
          'What became of a list of deviations since it was read; takes the filters of the page too.',
        ),
        parameters: queryParameters(ChangesQuery),
        responses: { '200': answer('Counts, and what others changed', ChangesAnswer), ...FAILURES },
      },
    },
  }
}
