import { LinkButton } from '@/components/ui/button'
import { countOf } from '@/components/ui/numbers'
import { Section } from '@/components/ui/page-header'
import type { Actor } from '@/lib/pipeline/actor'
import { actorMay } from '@/lib/pipeline/decision/permissions'

type FirstStepsProps = { watched: number; actor: Actor }

/** A fresh installation: what to do, in order. */
export function FirstSteps({ watched, actor }: FirstStepsProps) {
  return (
    <Section
      title="Nothing has been imported yet"
      description={`${countOf(watched, 'binary', 'binaries')} are watched. To learn how your hosts use them, Cordon reads their event logs.`}
    >
      <ol className="max-w-3xl list-decimal space-y-3 pl-5">
        <li>
          <p className="font-medium">Give it event logs.</p>
          <p className="text-muted">
            Sysmon event 1, Security event 4688 and the process events of Defender, CrowdStrike, Velociraptor
            or osquery: as EVTX, XML, JSON, CSV or text, in the browser, or with{' '}
            <code>npm run import -- FOLDER</code> on the machine that runs Cordon; or from the shippers that
            you have already. Thirty days make a good baseline.
          </p>
          <div className="mt-2 flex flex-wrap gap-2">
            {actorMay(actor, 'import') && (
              <LinkButton variant="primary" href="/imports">
                Import logs
              </LinkButton>
            )}
            {actorMay(actor, 'manage-keys') && (
              <LinkButton href="/settings/keys">Connect a shipper</LinkButton>
            )}
            <LinkButton href="/policies/collection">What hosts should log</LinkButton>
          </div>
        </li>
        <li>
          <p className="font-medium">Look at what departs from normal.</p>
          <p className="text-muted">Deviations are listed with their reasons, the most unlikely first.</p>
        </li>
        <li>
          <p className="font-medium">Decide, binary by binary.</p>
          <p className="text-muted">
            A proposal carries what is known about its use; somebody else approves it, so it takes two.
          </p>
          {actorMay(actor, 'manage-accounts') && (
            <div className="mt-2">
              <LinkButton href="/settings/accounts">Invite others</LinkButton>
            </div>
          )}
        </li>
      </ol>
    </Section>
  )
}
