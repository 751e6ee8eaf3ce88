'use client'

import { Bookmark, ChevronDown, Star } from 'lucide-react'
import { useRouter, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from '@/components/ui/menu'
import { toViewQuery, type ViewPage } from '@/lib/pipeline/saved-view'
import type { SavedView } from '@/lib/store/screens/saved-views'
import { ManageViews } from './manage-views'
import { SaveView } from './save-view'

type SavedViewsProps = { page: ViewPage; views: readonly SavedView[]; mayShare: boolean }

/** A list's filters and sorting under a name: opens one, keeps the present ones, and leads to what can be done with them. */
export function SavedViews({ page, views, mayShare }: SavedViewsProps) {
  const router = useRouter()
  const [asking, setAsking] = useState<'save' | 'manage' | null>(null)
  const query = toViewQuery(useSearchParams().toString())
  const current = views.find((view) => view.query === query)
  const close = () => setAsking(null)
  const toHref = (view: SavedView) => (view.query === '' ? page : `${page}?${view.query}`)
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button>
            <Bookmark aria-hidden />
            <span className="max-w-48 truncate">{current?.name ?? 'Views'}</span>
            <ChevronDown aria-hidden />
          </Button>
        }
      >
        <MenuGroup label="Mine" views={views.filter(({ mine }) => mine)} current={current} toHref={toHref} />
        <MenuGroup
          label="Shared by others"
          views={views.filter(({ mine }) => !mine)}
          current={current}
          toHref={toHref}
        />
        {views.length === 0 && <MenuLabel>No view is kept yet</MenuLabel>}
        <MenuSeparator />
        <MenuItem disabled={current !== undefined} onSelect={() => setAsking('save')}>
          Save these filters…
        </MenuItem>
        <MenuItem disabled={views.length === 0} onSelect={() => setAsking('manage')}>
          Manage views…
        </MenuItem>
        <MenuItem onSelect={() => router.push(page)}>As delivered</MenuItem>
      </Menu>
      {asking === 'save' && <SaveView page={page} query={query} mayShare={mayShare} onClose={close} />}
      {asking === 'manage' && (
        <ManageViews page={page} views={views} query={query} mayShare={mayShare} onClose={close} />
      )}
    </>
  )
}

type MenuGroupProps = {
  label: string
  views: readonly SavedView[]
  current: SavedView | undefined
  toHref: (view: SavedView) => string
}

function MenuGroup({ label, views, current, toHref }: MenuGroupProps) {
  if (views.length === 0) return null
  return (
    <>
      <MenuLabel>{label}</MenuLabel>
      {views.map((view) => (
        <MenuLink key={view.id} href={toHref(view)}>
          <span className={view === current ? 'max-w-72 truncate font-semibold' : 'max-w-72 truncate'}>
            <bdi>{view.name}</bdi>
          </span>
          {!view.mine && <span className="text-muted text-small">{view.owner}</span>}
          {view.isDefault && <Star aria-label="opened by the page’s link" className="ml-auto" />}
        </MenuLink>
      ))}
    </>
  )
}
