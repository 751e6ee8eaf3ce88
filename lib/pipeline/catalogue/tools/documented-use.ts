import { cleanText } from '@/lib/pipeline/normalise/command-line/clean'
import type { CommandLine } from '@/lib/pipeline/normalise/command-line/split-command-line'
import { DUMPERS } from './dumpers'
import { mayProxy, proxyingFacts } from './proxying-use'
import type { DocumentedUse, RiskFact } from './tool-use'

/**
 * By slug; tested on the cleaned command line after the program's name. Sources: the tools' own help texts, and where LOLBAS and ATT&CK say what
 * each option is abused for. Patterns are bounded.
 */
const USES: Readonly<Record<string, readonly DocumentedUse[]>> = {
  // Windows' own providers, by their names or where Windows Update keeps them
  'wuauclt.exe': [
    {
      when: /\/updatedeploymentprovider\s(?!\s{0,8}"?(?:(?:[a-z]:\\windows\\system32\\)?wuaueng|[a-z]:\\windows\\uus\\(?:[\w-]{1,32}\\){1,4}\w{1,32}|updatedeploy(?:mentprovider)?)\.dll(?:["\s]|$))/,
      fact: 'launches-program',
    },
  ],
  // Windows' own assistive technologies are no programs of somebody else's
  'atbroker.exe': [
    {
      when: /\/start\s(?!\s{0,8}"?(?:osk|magnifier(?:pane)?|narrator|stickykeys|filterkeys|mousekeys|togglekeys|showsounds|soundsentry|highcontrast|colorfiltering|caretbrowsing|speechreco|audiodescription|cursorindicator|livecaptions|voiceaccess)\b)/,
      fact: 'launches-command',
    },
  ],
  'runonce.exe': [{ when: /\/alternateshellstartup/, fact: 'launches-program' }],
  'xwizard.exe': [
    { when: /runwizard\s(?!.{0,64}7940acf8-60ba-4213-a7c3-f3b400ee266d)/, fact: 'com-class' },
    // that wizard fetches what its page is told
    { when: /[-/]z\s{0,4}"?https?:/, fact: 'remote-url' },
  ],
  'presentationhost.exe': [{ when: /\.xbap|https?:/, fact: 'launches-program' }],
  'pcwrun.exe': [{ when: /\S/, fact: 'launches-program' }],
  'scriptrunner.exe': [{ when: /[-/]appvscript\s/, fact: 'launches-program' }],
  'syncappvpublishingserver.exe': [{ when: /;|\(|iex/, fact: 'inline-script' }],
  'extexport.exe': [{ when: /\S/, fact: 'launches-program' }],
  'diskshadow.exe': [
    { when: /[-/]s\s/, fact: 'opens-file' },
    { when: /\bdelete\s{1,8}shadows\b/, fact: 'deletes-backups' },
    { when: /\bexec\s/, fact: 'launches-program' },
  ],
  'msconfig.exe': [{ when: /^[-/]5\b/, fact: 'launches-command' }],
  // both read serialised objects from the folder or file that they are told
  'addinutil.exe': [{ when: /[-/](?:addinroot|pipelineroot):/, fact: 'launches-command' }],
  'addinprocess.exe': [{ when: /[-/]guid:/, fact: 'launches-command' }],
  'addinprocess32.exe': [{ when: /[-/]guid:/, fact: 'launches-command' }],
  'fltmc.exe': [{ when: /^unload\s/, fact: 'weakens-defence' }],
  'register-cimprovider.exe': [{ when: /[-/]path\s/, fact: 'launches-program' }],
  'certoc.exe': [
    { when: /[-/]loaddll\s/, fact: 'launches-program' },
    { when: /[-/]getcacaps\s/, fact: 'download' },
  ],
  'rasautou.exe': [{ when: /[-/]d\s/, fact: 'launches-program' }],
  'tttracer.exe': [
    { when: /\.exe|[-/]attach|[-/]dumpfull/, fact: 'launches-program' },
    { when: /^(?=.{0,256}[-/]dumpfull\b)(?=.{0,256}[-/]attach\s)/, fact: 'dumps-memory' },
  ],
  ...DUMPERS,
  'ttdinject.exe': [{ when: /\/launch\s/, fact: 'launches-program' }],
  'msdt.exe': [
    { when: /it_browseforfile|it_rebrowseforfile|\$\(/, fact: 'inline-script' },
    // the compatibility troubleshooter starts the program that its answers name
    { when: /pcwdiagnostic.{0,512}[-/]af\s|[-/]af\s.{0,512}pcwdiagnostic/, fact: 'launches-program' },
  ],
  'runscripthelper.exe': [{ when: /surfacecheck/, fact: 'launches-program' }],
  'microsoft.workflow.compiler.exe': [{ when: /\S/, fact: 'launches-program' }],
  'cdb.exe': [{ when: /[-/]cf\s/, fact: 'launches-program' }],
  'ntsd.exe': [{ when: /[-/]cf\s/, fact: 'launches-program' }],
  'csi.exe': [{ when: /\S/, fact: 'launches-program' }],
  'rcsi.exe': [{ when: /\S/, fact: 'launches-program' }],
  'provlaunch.exe': [{ when: /^(?![-/])\S/, fact: 'launches-program' }],
  'sqlps.exe': [{ when: /[-/](?:enc|e|c|command)\s/, fact: 'inline-script' }],
  'sqltoolsps.exe': [{ when: /[-/](?:enc|e|c|command)\s/, fact: 'inline-script' }],
  'update.exe': [{ when: /--process-?start(?:andwait)?[=\s]/, fact: 'opens-file' }],
  // MSBuild's own tracking libraries watch what a compiler reads; any other is loaded into the program that is started, whose own options follow /c
  'tracker.exe': [
    {
      when: /^(?:"[^"]{0,1024}"|(?!\s[-/]c\s)[^"]){0,1024}?[-/]d\s{1,8}(?!\s|"(?:[^"]{0,256}\\)?filetracker(?:ui|32|64|a4)?\.dll"|(?:\S{0,256}\\)?filetracker(?:ui|32|64|a4)?\.dll(?:\s|$))/,
      fact: 'launches-program',
    },
  ],
  // one end of its pipe is a program that it starts
  'remote.exe': [{ when: /^"?[-/]s"?\s{1,8}\S/, fact: 'launches-command' }],
  'bginfo.exe': [{ when: /\.bgi/, fact: 'opens-file' }],
  'wlrmdr.exe': [{ when: /[-/]u\s/, fact: 'launches-program' }],
  'stordiag.exe': [{ when: /^\s{0,8}$/, fact: 'launches-command' }],
  'workfolders.exe': [{ when: /^\s{0,8}$/, fact: 'launches-command' }],
  'gpscript.exe': [{ when: /\/(?:logon|startup)/, fact: 'launches-command' }],
  'fsutil.exe': [
    { when: /^trace\s{1,8}decode/, fact: 'launches-program' },
    // what was done to files is read from it afterwards
    { when: /^usn\s{1,8}deletejournal\b/, fact: 'weakens-defence' },
    // links on shares that lead to other hosts are followed from then on, which is off: what encrypts a network asks for it
    { when: /^behavior\s{1,8}set\s{1,8}symlinkevaluation\b.{0,64}\br2[lr]:1/, fact: 'weakens-defence' },
  ],
  'unregmp2.exe': [{ when: /\/hidewmp/, fact: 'launches-command' }],
  'dxcap.exe': [{ when: /[-/]c\s/, fact: 'launches-program' }],
  'msdeploy.exe': [
    { when: /[-/](?:source|dest|pre-?sync|post-?sync):"?runcommand\b/, fact: 'launches-command' },
  ],
  'defaultpack.exe': [{ when: /[-/]c:/, fact: 'launches-program' }],
  'devtoolslauncher.exe': [{ when: /^launchfor(?:deploy|debug)\s/, fact: 'launches-program' }],
  'vshadow.exe': [{ when: /[-/]exec=/, fact: 'launches-command' }],
  'customshellhost.exe': [{ when: /^/, fact: 'launches-command' }],
  'offlinescannershell.exe': [{ when: /^\s{0,8}$/, fact: 'launches-command' }],
}

/** What a documented use of a tool shows beside its words; none for a tool or use that is not listed. */
export function documentedFacts(slug: string, line: CommandLine, image: string): readonly RiskFact[] {
  const uses = USES[slug] ?? []
  if (uses.length === 0 && !mayProxy(slug)) return []
  const text = cleanText(line.text.slice(line.tailStart)).trim()
  const documented = uses.filter(({ when }) => when.test(text)).map(({ fact }) => fact)
  return [...documented, ...proxyingFacts(slug, text, image)]
}
