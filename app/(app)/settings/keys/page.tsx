import type { Metadata } from 'next'
import { RefreshWhile } from '@/app/(app)/imports/refresh-while'
import { requireActor } from '@/lib/access/current-actor'
import { now } from '@/lib/clock'
import { baseUrl } from '@/lib/env'
import { listApiKeys } from '@/lib/store/screens/settings'
import { KeysTable } from './keys-table'
import { EXAMPLE_TARGET } from './shipper-recipes'
import { ShipperSetup } from './shipper-setup'

export const metadata: Metadata = { title: 'API keys' }

export default async function KeysPage() {
  await requireActor('manage-keys')
  const keys = await listApiKeys(now())
  return (
    <>
      <KeysTable keys={keys} baseUrl={baseUrl()} />
      <RefreshWhile moving={keys.some(({ recentEvents }) => recentEvents > 0)} />
      <section aria-labelledby="shippers" className="mt-8 max-w-3xl space-y-3">
        <h2 id="shippers" className="font-semibold text-heading">
          Connect a shipper
        </h2>
        <p>
          What already ships your logs can send them here: Cordon answers as Elasticsearch and as Splunk’s
          HTTP Event Collector do. Put a key with the scope ingest in the place of {EXAMPLE_TARGET.secret}.
          Which of these were tried, and what each does when it is refused, is in docs/guides/shippers.md.
        </p>
        <ShipperSetup target={{ ...EXAMPLE_TARGET, baseUrl: baseUrl() }} />
      </section>
    </>
  )
}
