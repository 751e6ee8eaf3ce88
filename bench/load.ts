import { measureLoad } from './load/measure-load'
import { SENDS, send } from './load/send'

/**
 * `npm run bench -- load [minutes] [seconds to think]`: shippers send as fast as they are taken while ten people browse, over loopback to the production build with its worker:
 * how memory grows, how long pages take beside the same pages before anything is sent, what fails; a burst beyond capacity every other minute must be answered with 429 and nothing else.
 */
const [first = '', second = '', ...sizes] = process.argv.slice(2)
if (first === SENDS) await send(JSON.parse(second))
else {
  const [minutes = 60, thinkSeconds = 3] = sizes.map(Number)
  process.exitCode = (await measureLoad({ url: first, minutes, thinkSeconds })) ? 0 : 1
}
