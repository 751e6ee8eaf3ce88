import { toRuns } from '@/lib/pipeline/visible-text'

/** One line of text from a log: hidden characters are visible glyphs, and none rearranges its neighbours. */
export function InertText({ text }: { text: string }) {
  return (
    <bdi dir="ltr">
      {toRuns(text).map((run) =>
        run.hidden ? (
          <mark
            key={run.at}
            title="A character that would be invisible"
            className="rounded-sm bg-bad-soft px-0.5 text-bad"
          >
            {run.text}
          </mark>
        ) : (
          run.text
        ),
      )}
    </bdi>
  )
}
