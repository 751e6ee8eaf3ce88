/** Next calls it once, before the first request. */
export async function register(): Promise<void> {
  // Next replaces this very expression when it builds for its other runtime
  // biome-ignore lint/style/noProcessEnv: lib/env.ts is not for a build to read
  if (process.env['NEXT_RUNTIME'] === 'nodejs') {
    const { observeRequests } = await import('@/lib/http/observe-requests')
    const { endConnectionsWithProcess } = await import('@/lib/http/end-connections')
    const { distrustForwarded } = await import('@/lib/http/distrust-forwarded')
    const { logConsole } = await import('@/lib/http/log-console')
    const { limitStatements } = await import('@/lib/store/pool')
    const { env, pinSignInAddress, requireEnvironment } = await import('@/lib/env')
    requireEnvironment()
    logConsole()
    pinSignInAddress()
    limitStatements()
    if (env('CORDON_TRUST_PROXY') === 0) distrustForwarded()
    observeRequests()
    endConnectionsWithProcess()
  }
}
