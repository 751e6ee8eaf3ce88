import { installutil } from '../programs/proxies'
import { sc } from '../programs/windows'
import { type AttackStory, onServer } from './story'

/** A service installed the way the operations team installs its own. */
export const quietServiceInstaller: AttackStory = {
  name: 'quiet-service-installer',
  technique: 'T1543.003',
  quiet: true,
  days: 1,
  victims: 1,
  suits: (day) => onServer(day) && day.host.duty !== 'distribution',
  run: (stage) => {
    const { day } = stage
    const install = stage.act(
      'T1218.004',
      0,
      day.machine.service('ccm'),
      installutil,
      `${installutil.path} "C:\\Program Files\\Ledgerline\\Connector\\Ledgerline.Connector.exe"`,
    )
    stage.act('T1543.003', 4, install, sc, 'sc  start LedgerConnector')
  },
}
