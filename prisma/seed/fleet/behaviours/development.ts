import type { HostDay } from '../host-day'
import type { Process } from '../process'
import * as apps from '../programs/applications'
import * as proxies from '../programs/proxies'
import { cmd } from '../programs/windows'
import type { Behaviour } from './behaviour'

const SOLUTIONS = ['Billing', 'Ledger.Api', 'Portal', 'Telemetry.Agent', 'Pricing'] as const
const PARTS = ['Core', 'Web', 'Tests', 'Contracts', 'Worker'] as const

function sources(day: HostDay): string {
  return `C:\\Users\\${day.person}\\source\\repos\\${day.random.pick(SOLUTIONS)}`
}

function compile(day: HostDay, atMs: number, parent: Process, folder: string): void {
  const temp = day.random.hex(32)
  day.spawn(
    atMs,
    parent,
    proxies.roslyn,
    `"${proxies.roslyn.path}" /noconfig @"C:\\Users\\${day.person}\\AppData\\Local\\Temp\\MSBuildTemp${day.person}\\tmp${temp}.exec.cmd"`,
    { currentDirectory: `${folder}\\` },
  )
}

function build(day: HostDay, atMs: number): void {
  const { random } = day
  const root = sources(day)
  const part = random.pick(PARTS)
  const fromStudio = random.chance(0.7)
  const parent = fromStudio
    ? day.spawn(
        atMs - 3_000,
        day.shell,
        apps.devenv,
        `"${apps.devenv.path}" "${root}\\${random.pick(SOLUTIONS)}.sln"`,
      )
    : day.spawn(atMs - 3_000, day.shell, cmd, String.raw`"C:\Windows\system32\cmd.exe"`)
  const commandLine = fromStudio
    ? `"${proxies.msbuild.path}" /nologo /nodemode:1 /nodeReuse:true /low:false`
    : `msbuild  ${root}\\${part}\\${part}.csproj /t:Build /p:Configuration=${random.pick(['Debug', 'Release'])} /m`
  const builder = day.spawn(atMs, parent, proxies.msbuild, commandLine, { currentDirectory: `${root}\\` })
  for (let files = random.between(0, 2); files > 0; files--)
    compile(day, atMs + random.between(500, 9_000), builder, root)
  if (random.chance(0.1))
    day.spawn(
      atMs + 9_500,
      builder,
      proxies.tracker,
      `"${proxies.tracker.path}" /if "${root}\\obj\\x64" /d "FileTracker64.dll" /c CL.exe /c /Zi`,
    )
}

function serveAgent(day: HostDay, atMs: number): void {
  const folder = `C:\\agent\\_work\\${day.random.between(1, 12)}\\s`
  const agent = day.machine.service('build-agent')
  const builder = day.spawn(
    atMs,
    agent,
    proxies.msbuild,
    `"${proxies.msbuild.path}" "${folder}\\All.sln" /nologo /nr:false /dl:CentralLogger,"C:\\agent\\_work\\_tasks\\MSBuild\\Logger.dll";"RootDetailId=${day.random.guid()}" /p:platform="x64" /p:configuration="Release"`,
  )
  day.spawn(
    atMs + 4_000,
    builder,
    proxies.roslyn,
    `"${proxies.roslyn.path}" /noconfig @"C:\\Windows\\Temp\\tmp${day.random.hex(32)}.rsp"`,
  )
}

function useTools(day: HostDay): void {
  const { random, shell } = day
  const bin = () => `${sources(day)}\\${random.pick(PARTS)}\\bin\\Debug`
  day.whilePresent(1, (atMs) =>
    day.spawn(atMs, shell, proxies.vstest, `"${proxies.vstest.path}" "${bin()}\\Tests.dll" /Logger:trx`),
  )
  day.whilePresent(0.3, (atMs) =>
    day.spawn(
      atMs,
      shell,
      proxies.installutil,
      `InstallUtil.exe ${random.chance(0.3) ? '/u ' : ''}"${bin()}\\Worker.exe"`,
      { account: day.elevatedAccount },
    ),
  )
  day.whilePresent(0.3, (atMs) =>
    day.spawn(atMs, shell, proxies.regasm, `regasm  "${bin()}\\Contracts.dll" /codebase /tlb`, {
      account: day.elevatedAccount,
    }),
  )
  day.whilePresent(0.08, (atMs) =>
    day.spawn(atMs, shell, proxies.regsvcs, `regsvcs.exe /nologo "${bin()}\\Ledger.Services.dll"`, {
      account: day.elevatedAccount,
    }),
  )
  day.whilePresent(0.2, (atMs) =>
    day.spawn(
      atMs,
      shell,
      proxies.cdb,
      `"${proxies.cdb.path}" -z C:\\dumps\\worker_${random.between(100, 9_999)}.dmp -c "!analyze -v; q"`,
    ),
  )
  day.whilePresent(0.15, (atMs) =>
    day.spawn(atMs, shell, proxies.vbc, 'vbc.exe /nologo /t:library /out:Legacy.dll Legacy.vb'),
  )
  day.whilePresent(0.2, (atMs) =>
    day.spawn(
      atMs,
      shell,
      proxies.aspnetCompiler,
      `aspnet_compiler.exe -v /Portal -p "${sources(day)}\\Portal\\Web" -fixednames C:\\inetpub\\out`,
    ),
  )
}

/** Builds, tests, component registration and debugging on developers' machines. */
export const development: Behaviour = {
  name: 'development',
  runsOn: (host) => host.role === 'developer',
  run: (day) => {
    const { random, shell } = day
    day.whilePresent(7, (atMs) => build(day, atMs))
    if (day.host.index % 3 === 0) day.throughTheDay(2.5, (atMs) => serveAgent(day, atMs))
    day.whilePresent(8, (atMs) =>
      day.spawn(
        atMs,
        shell,
        apps.git,
        `git.exe ${random.pick(['status', 'fetch --prune', 'pull', 'diff --stat'])}`,
      ),
    )
    day.whilePresent(3, (atMs) =>
      day.spawn(
        atMs,
        shell,
        apps.vsCode,
        `"${apps.vsCode.path}" --type=utility --utility-sub-type=node.mojom.NodeService --field-trial-handle=${random.between(1000, 9999)}`,
      ),
    )
    day.whilePresent(2, (atMs) =>
      day.spawn(atMs, shell, apps.node, `"${apps.node.path}" node_modules/.bin/vite build`),
    )
    day.whilePresent(2, (atMs) =>
      day.spawn(atMs, shell, apps.dotnet, `dotnet.exe ${random.pick(['restore', 'test --no-build', 'run'])}`),
    )
    useTools(day)
  },
}
