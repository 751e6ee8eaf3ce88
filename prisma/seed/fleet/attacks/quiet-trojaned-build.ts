import { devenv } from '../programs/applications'
import { msbuild, roslyn } from '../programs/proxies'
import { cmd, powershell } from '../programs/windows'
import { type AttackStory, atDeveloperDesk } from './story'

/** A cloned repository whose project runs a command before it builds. */
export const quietTrojanedBuild: AttackStory = {
  name: 'quiet-trojaned-build',
  technique: 'T1127.001',
  quiet: true,
  days: 1,
  victims: 1,
  suits: atDeveloperDesk,
  run: (stage) => {
    const { day, campaign } = stage
    const root = `C:\\Users\\${day.person}\\source\\repos\\${campaign.pick(['sample-parser', 'grid-demo', 'color-utils'])}`
    const studio = day.spawn(
      stage.beginMs - 30_000,
      day.shell,
      devenv,
      `"${devenv.path}" "${root}\\demo.sln"`,
    )
    const builder = stage.act(
      'T1127.001',
      0,
      studio,
      msbuild,
      `"${msbuild.path}" "${root}\\src\\demo.csproj" /nologo /t:Build /p:Configuration=Debug`,
    )
    const shell = stage.act(
      'T1059.003',
      1,
      builder,
      cmd,
      `"C:\\Windows\\system32\\cmd.exe" /Q /D /C C:\\Users\\${day.person}\\AppData\\Local\\Temp\\MSBuildTemp${day.person}\\tmp${stage.random.hex(32)}.exec.cmd`,
    )
    stage.act('T1059.001', 2, shell, powershell, `powershell  -NoProfile -File "${root}\\tools\\restore.ps1"`)
    stage.act(
      'T1127.001',
      5,
      builder,
      roslyn,
      `"${roslyn.path}" /noconfig @"C:\\Users\\${day.person}\\AppData\\Local\\Temp\\tmp${stage.random.hex(32)}.rsp"`,
    )
  },
}
