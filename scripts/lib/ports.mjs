import net from 'node:net'
import { Failure } from './failure.mjs'

const LOCAL_ADDRESSES = ['127.0.0.1', '::1']

/**
 * Fails with one sentence when the port is taken: a server left over from before would answer our readiness check.
 * @param {number} port
 * @param {string} host the address that will be listened on
 */
export async function assertPortFree(port, host) {
  const addresses = host === 'localhost' ? LOCAL_ADDRESSES : [host]
  for (const address of addresses) {
    if (await isTaken(port, address))
      throw new Failure(
        `Port ${port} is in use by another program: stop it, or choose another port with PORT=${port + 1}.`,
      )
  }
}

/** @param {number} port @param {string} address @returns {Promise<boolean>} */
function isTaken(port, address) {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') resolve(true)
      // no IPv6 here: nobody can listen there either
      else if (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') resolve(false)
      else if (error.code === 'EACCES')
        reject(
          new Failure(
            `Port ${port} needs more rights than this user has: choose one above 1023 with PORT=3000.`,
          ),
        )
      else reject(error)
    })
    server.listen({ port, host: address, exclusive: true }, () => server.close(() => resolve(false)))
  })
}

/** A port that nobody listens on. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address())
      server.close(() => resolve(port))
    })
  })
}

/** PORT as given, or the default. @param {NodeJS.ProcessEnv} env */
export function readPort(env) {
  const text = env.PORT ?? '3000'
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Failure(`PORT must be a number from 1 to 65535, not "${text}".`)
  return port
}
