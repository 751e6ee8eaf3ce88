import { describe, expect, test } from 'vitest'
import { readToolUse } from './read-tool-use'

describe('msbuild', () => {
  test.each([
    [
      'MSBuild.exe C:\\src\\app\\app.csproj /p:Configuration=Release /t:Build',
      'msbuild <root-folder>\\src\\app\\app.csproj /p:configuration=release /t:build',
      'msbuild|project|root-folder|csproj',
      ['source-folder'],
      null,
    ],
    [
      'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\MSBuild.exe C:\\Windows\\Tasks\\a.xml',
      'msbuild <windows-writable>\\tasks\\a.xml',
      'msbuild|project|windows-writable|xml',
      ['writable-windows-folder', 'odd-extension'],
      null,
    ],
    [
      'msbuild.exe C:\\Users\\ann\\AppData\\Local\\Temp\\q.csproj',
      'msbuild <user-temp>\\*.csproj',
      'msbuild|project|user-temp|csproj',
      ['user-temp'],
      null,
    ],
    [
      'MSBuild.exe /nologo /nodemode:1 /nodeReuse:true /low:false',
      'msbuild /nologo /nodemode:<n> /nodereuse:true /low:false',
      'msbuild|node|-|-',
      [],
      null,
    ],
    [
      'msbuild @C:\\ProgramData\\a.rsp',
      'msbuild @<program-data-root>\\a.rsp',
      'msbuild|response-file|program-data-root|rsp',
      ['program-data-root'],
      null,
    ],
    [
      'msbuild.exe \\\\srv\\share\\a.xml',
      'msbuild <unc>\\srv\\share\\a.xml',
      'msbuild|project|unc|xml',
      ['intranet-share', 'odd-extension'],
      null,
    ],
    ['msbuild', 'msbuild', 'msbuild|none|-|-', [], null],
    [
      'msbuild.exe app.sln -m:4 -v:minimal',
      'msbuild app.sln /m:<n> /v:minimal',
      'msbuild|project|bare|sln',
      [],
      null,
    ],
  ])('%s', (line, pattern, shape, facts, hosted) => {
    expect(readToolUse('msbuild.exe', line, 'C:\\Windows\\System32\\msbuild.exe')).toMatchObject({
      pattern,
      shape,
      facts,
      hosted,
    })
  })
})
