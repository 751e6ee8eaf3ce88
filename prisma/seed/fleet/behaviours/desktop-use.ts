import { LOCAL_SERVICE } from '../process'
import { rundll32, rundll32x86 } from '../programs/proxies'
import { type Behaviour, onDesks } from './behaviour'

const INTRANET = ['sharepoint.corp.example', 'files.corp.example', 'projects.corp.example'] as const
const SITES = ['Finance', 'Projects', 'People', 'Sales', 'Quality'] as const
const TRACKS = ['264', '8', '2', '255', '4351'] as const

/** What people do in Explorer and in Internet settings that runs through rundll32. */
export const desktopUse: Behaviour = {
  name: 'desktop-use',
  runsOn: onDesks,
  run: (day) => {
    const { random, shell, machine } = day
    const run = (atMs: number, tail: string) =>
      day.spawn(atMs, shell, rundll32, `"C:\\Windows\\system32\\rundll32.exe" ${tail}`)
    day.whilePresent(1.2, (atMs) => {
      const server = random.pick(INTRANET)
      const path = `/sites/${random.pick(SITES)}/Shared%20Documents/${random.word(6)}`
      day.spawn(
        atMs,
        machine.service('webclient'),
        rundll32,
        `rundll32.exe C:\\Windows\\system32\\davclnt.dll,DavSetCookie ${server}@SSL https://${server}${path}`,
        { account: random.chance(0.7) ? shell.account : LOCAL_SERVICE },
      )
    })
    day.whilePresent(0.5, (atMs) =>
      run(
        atMs,
        `C:\\Windows\\system32\\shell32.dll,OpenAs_RunDLL C:\\Users\\${day.person}\\Downloads\\${random.word(7)}.${random.pick(['dat', 'json', 'log', 'eml', 'heic'])}`,
      ),
    )
    day.whilePresent(0.4, (atMs) =>
      run(
        atMs,
        `"C:\\Program Files\\Windows Photo Viewer\\PhotoViewer.dll", ImageView_Fullscreen C:\\Users\\${day.person}\\Pictures\\IMG_${random.between(1000, 9999)}.jpg`,
      ),
    )
    day.whilePresent(0.3, (atMs) => run(atMs, `InetCpl.cpl,ClearMyTracksByProcess ${random.pick(TRACKS)}`))
    day.whilePresent(0.15, (atMs) =>
      day.spawn(
        atMs,
        shell,
        rundll32x86,
        `"C:\\Windows\\SysWOW64\\rundll32.exe" url.dll,FileProtocolHandler https://intranet.corp.example/start`,
      ),
    )
    day.whilePresent(0.12, (atMs) =>
      run(atMs, `zipfldr.dll,RouteTheCall C:\\Users\\${day.person}\\Downloads\\${random.word(6)}.zip`),
    )
    day.whilePresent(0.1, (atMs) => run(atMs, 'user32.dll,LockWorkStation'))
    day.whilePresent(0.05, (atMs) => run(atMs, 'sysdm.cpl,EditEnvironmentVariables'))
    day.whilePresent(0.06, (atMs) =>
      run(atMs, `dfshim.dll,ShOpenVerbApplication http://apps.corp.example/travel/Travel.application`),
    )
  },
}
