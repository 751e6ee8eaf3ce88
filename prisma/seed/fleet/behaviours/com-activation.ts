import { hh, mmc, rundll32, verclsid } from '../programs/proxies'
import { type Behaviour, onDesks } from './behaviour'

const SERVERS = [
  '{c82192ee-6cb5-4bc0-9ef0-fb818773790a}',
  '{9aa46009-3ce0-458a-a354-715610a075e6}',
  '{7f1cf152-04f8-453a-b34c-e609530a9dc8}',
] as const
const EXTENSIONS = [
  '{0B2C9183-C9FA-4C53-AE21-C900B0C39965}',
  '{A929C4CE-FD36-4270-B4F5-34ECAC5BD63C}',
  '{2854F705-3548-414C-A113-93E27C808C85}',
] as const
const INTERFACES = [
  '{000214E6-0000-0000-C000-000000000046}',
  '{0C733A8A-2A1C-11CE-ADE5-00AA0044773D}',
] as const

/** COM servers that live in rundll32, and Explorer checking shell extensions before it loads them. */
export const comActivation: Behaviour = {
  name: 'com-activation',
  runsOn: onDesks,
  run: (day) => {
    const { random, machine } = day
    day.whilePresent(2, (atMs) => {
      const server = random.pick(SERVERS)
      day.spawn(
        atMs,
        machine.service('dcom'),
        rundll32,
        `C:\\Windows\\System32\\rundll32.exe shell32.dll,SHCreateLocalServerRunDll ${server} -Embedding`,
        { account: day.shell.account },
      )
    })
    day.whilePresent(1.5, (atMs) => {
      const extension = random.chance(0.08) ? random.guid() : random.pick(EXTENSIONS)
      day.spawn(
        atMs,
        day.shell,
        verclsid,
        `"C:\\Windows\\system32\\verclsid.exe" /S /C ${extension} /I ${random.pick(INTERFACES)} /X 0x5`,
      )
    })
    day.whilePresent(0.04, (atMs) =>
      day.spawn(atMs, machine.service('dcom'), mmc, String.raw`C:\Windows\system32\mmc.exe -Embedding`, {
        account: day.elevatedAccount,
      }),
    )
    day.whilePresent(0.03, (atMs) =>
      day.spawn(atMs, machine.service('dcom'), hh, String.raw`C:\Windows\hh.exe -Embedding`, {
        account: day.shell.account,
      }),
    )
  },
}
