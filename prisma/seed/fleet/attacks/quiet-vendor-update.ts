import { regsvr32 } from '../programs/proxies'
import { type AttackStory, atDesk } from './story'

/** A vendor's compromised update registers a component under Program Files on several computers. */
export const quietVendorUpdate: AttackStory = {
  name: 'quiet-vendor-update',
  technique: 'T1195.002',
  quiet: true,
  days: 1,
  victims: 4,
  suits: atDesk,
  run: (stage) => {
    const { day, campaign } = stage
    const component = campaign.pick(['SupportBridge.dll', 'TelemetryProxy.dll'])
    stage.act(
      'T1218.010',
      0,
      day.machine.service('hardware'),
      regsvr32,
      `"C:\\Windows\\System32\\regsvr32.exe" /s "C:\\Program Files\\Common Files\\${day.host.hardware}\\${component}"`,
    )
  },
}
