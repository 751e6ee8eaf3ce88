'use client'

import { useState } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import { SelectField } from '@/components/ui/field'
import { type ShipperTarget, shipperRecipes } from './shipper-recipes'

/** The configuration of each shipper, ready to copy. */
export function ShipperSetup({ target }: { target: ShipperTarget }) {
  const recipes = shipperRecipes(target)
  const [chosen, setChosen] = useState(recipes[0]?.id)
  const recipe = recipes.find(({ id }) => id === chosen) ?? recipes[0]
  if (!recipe) return null
  return (
    <div className="space-y-2">
      <SelectField
        label="Shipper"
        className="max-w-xs"
        value={recipe.id}
        onChange={(event) => setChosen(event.target.value)}
        options={recipes.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <div className="rounded border bg-surface">
        <div className="flex items-center justify-between border-b px-2 py-1">
          <code className="text-muted text-small">{recipe.file}</code>
          <CopyButton text={recipe.text} label={`Copy the configuration of ${recipe.name}`} />
        </div>
        <pre className="wrap-anywhere whitespace-pre-wrap p-2 text-small">{recipe.text}</pre>
      </div>
    </div>
  )
}
