import type { HostDay } from '../host-day'
import * as apps from '../programs/applications'
import { notepad, splwow64 } from '../programs/windows'
import { type Behaviour, onDesks } from './behaviour'

const DOCUMENTS = [
  'Budget',
  'Offer',
  'Minutes',
  'Forecast',
  'Contract',
  'Roadmap',
  'Invoice',
  'Holiday plan',
] as const
const EDITORS = [
  [apps.word, 'docx'],
  [apps.excel, 'xlsx'],
  [apps.powerpoint, 'pptx'],
] as const

function browse(day: HostDay, atMs: number): void {
  const browser = day.random.chance(0.6) ? apps.chrome : apps.edge
  const main = day.spawn(atMs, day.shell, browser, `"${browser.path}" --profile-directory=Default`)
  const handle = day.random.between(1_000, 9_999)
  day.spawn(
    atMs + 800,
    main,
    browser,
    `"${browser.path}" --type=renderer --lang=en-US --device-scale-factor=1 --renderer-client-id=${day.random.between(5, 90)} --mojo-platform-channel-handle=${handle} /prefetch:1`,
  )
}

function openDocument(day: HostDay, atMs: number): void {
  const { random, person } = day
  const [program, extension] = random.pick(EDITORS)
  const file = `C:\\Users\\${person}\\Documents\\${random.pick(DOCUMENTS)} ${random.between(1, 400)}.${extension}`
  const fromMail = random.chance(0.3)
  const parent = fromMail
    ? day.spawn(atMs - 60_000, day.shell, apps.outlook, `"${apps.outlook.path}"`)
    : day.shell
  const editor = day.spawn(atMs, parent, program, `"${program.path}" /n "${file}" /o ""`)
  if (random.chance(0.15))
    day.spawn(atMs + 200_000, editor, splwow64, String.raw`C:\Windows\splwow64.exe 8192`)
}

/** Browsers, documents and mail: most of what a person starts, and none of it a proxy. */
export const officeWork: Behaviour = {
  name: 'office-work',
  runsOn: onDesks,
  run: (day) => {
    day.whilePresent(7, (atMs) => browse(day, atMs))
    day.whilePresent(5, (atMs) => openDocument(day, atMs))
    day.whilePresent(1.5, (atMs) => {
      const file = `C:\\Users\\${day.person}\\Downloads\\${day.random.word(8)}.pdf`
      day.spawn(atMs, day.shell, apps.acrobat, `"${apps.acrobat.path}" "${file}"`)
    })
    day.whilePresent(0.8, (atMs) => {
      const file = `C:\\Users\\${day.person}\\Desktop\\notes.txt`
      day.spawn(atMs, day.shell, notepad, `"C:\\Windows\\system32\\NOTEPAD.EXE" ${file}`)
    })
  },
}
