'use client'

import { PlainTable } from '@/components/table/plain-table'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { Section } from '@/components/ui/page-header'
import { SETTING_BOUNDS } from '@/lib/pipeline/deviation/setting-bounds'
import { WEIGHED_REASONS } from './tuning-fields'

type RiskWeightsProps = {
  bits: Readonly<Record<string, string>>
  onChange: (bits: Readonly<Record<string, string>>) => void
}

/** What is risky anywhere, with the bits that each reason adds. */
export function RiskWeights({ bits, onChange }: RiskWeightsProps) {
  const changed = WEIGHED_REASONS.filter(({ code, weight }) => Number(bits[code]) !== weight)
  const reset = () =>
    onChange(Object.fromEntries(WEIGHED_REASONS.map(({ code, weight }) => [code, String(weight)])))
  return (
    <Section
      title="What is risky anywhere"
      description="Bits that each reason adds to a score. At 6 bits of risk only a person can say that it is expected; below that, a host's own habit takes it off."
      actions={
        changed.length > 0 && (
          <Button variant="quiet" onClick={reset}>
            {`All as shipped (${changed.length} differ)`}
          </Button>
        )
      }
    >
      <div className="max-w-3xl">
        <PlainTable
          label="Reasons and their weights"
          rows={WEIGHED_REASONS}
          rowId={({ code }) => code}
          empty=""
          columns={[
            { id: 'reason', header: 'Reason', wide: true, cell: ({ words }) => words },
            { id: 'shipped', header: 'As shipped', align: 'right', cell: ({ weight }) => weight },
            {
              id: 'bits',
              header: 'Bits',
              cell: ({ code, words, weight }) => (
                <div className="flex items-center gap-2">
                  <TextField
                    label={`Bits: ${words}`}
                    labelHidden
                    type="number"
                    required
                    step="0.5"
                    min={SETTING_BOUNDS.riskBits.least}
                    max={SETTING_BOUNDS.riskBits.most}
                    className="w-20"
                    value={bits[code] ?? String(weight)}
                    onChange={(event) => onChange({ ...bits, [code]: event.target.value })}
                  />
                  {Number(bits[code]) !== weight && <span className="text-accent text-small">changed</span>}
                </div>
              ),
            },
          ]}
        />
      </div>
    </Section>
  )
}
