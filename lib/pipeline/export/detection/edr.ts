import { entryConditions } from '../placed-block'
import { fileNamePart } from '../text/inert-text'
import { jsonText } from '../text/json-text'
import type { DetectionLanguage } from './detection'

/** A rule described for whoever writes it in a product of their own: what application control cannot say, an agent can. */
export const EDR_DETECTION: DetectionLanguage = {
  id: 'edr',
  label: 'EDR description',
  write: (rule) => ({
    name: `${fileNamePart(rule.title)}.json`,
    about: rule.title,
    text: jsonText({
      id: rule.id,
      title: rule.title,
      description: rule.description,
      level: rule.level,
      attack: rule.entry.attack,
      event: rule.event,
      platform: rule.entry.platform,
      match: { anyOf: entryConditions(rule.entry) },
      unlessAnyOf: rule.spared.map(({ parents, uses, users }) => ({
        allOf: {
          ...(parents && { parentFileName: parents }),
          ...(users && { user: users }),
          ...(uses && {
            commandLineAnyOf: uses.map((use) =>
              use.kind === 'bare' ? { endsWithAnyOf: use.ends } : { containsAllOf: use.all },
            ),
          }),
        },
      })),
      caseSensitive: false,
    }),
  }),
  deploy: [
    'Write a custom rule of your product from it, detect only at first. `*` in a parent’s name stands for any characters.',
  ],
}
