import type { Host } from './fleet'
import { processGuid } from './identifiers'
import { type Account, domainAccount, type Process, SYSTEM } from './process'
import type { Program } from './programs/program'
import * as win from './programs/windows'
import type { Random } from './random'
import { type ServiceName, servicesOf } from './services'

export type Start = {
  atMs: number
  parent: Process | null
  program: Program
  commandLine: string
  account: Account
  currentDirectory?: string
}

const SYSTEM32 = 'C:\\Windows\\system32\\'
const PID_STEPS = 4_400

/** One computer's state that outlives a day: what is running, who is logged on, which ids are taken. */
export class Machine {
  readonly host: Host
  /** Index of the day on which it was first seen. */
  readonly firstDay: number
  private sequence = 0
  private readonly takenPids = new Set<number>()
  private readonly running = new Map<ServiceName, Process>()
  private servicesProcess: Process
  private shellProcess: Process

  /** A computer that was already up at `atMs`, its person logged on. */
  constructor(host: Host, firstDay: number, atMs: number, random: Random) {
    this.host = host
    this.firstDay = firstDay
    this.servicesProcess = this.start(
      {
        atMs,
        parent: null,
        program: win.services,
        commandLine: String.raw`C:\Windows\system32\services.exe`,
        account: SYSTEM,
      },
      random,
    )
    this.shellProcess = this.servicesProcess
    this.boot(atMs, random)
    this.logOn(atMs + 60_000, host.person.account, random)
  }

  /** The user's desktop: parent of what people start. */
  get shell(): Process {
    return this.shellProcess
  }

  get serviceControl(): Process {
    return this.servicesProcess
  }

  /** A long-running service's process; services.exe itself where the service is not installed. */
  service(name: ServiceName): Process {
    return this.running.get(name) ?? this.servicesProcess
  }

  /** Creates a process: never before its parent, with a pid that nothing long-lived holds. */
  start(start: Start, random: Random): Process {
    let pid = 4 * random.between(200, PID_STEPS)
    while (this.takenPids.has(pid)) pid = 4 * random.between(200, PID_STEPS)
    const startMs = Math.max(Math.floor(start.atMs), start.parent === null ? 0 : start.parent.startMs + 15)
    const sequence = ++this.sequence
    return {
      host: this.host,
      pid,
      sequence,
      guid: processGuid(this.host.machineId, startMs, sequence),
      startMs,
      program: start.program,
      commandLine: start.commandLine,
      currentDirectory: start.currentDirectory ?? SYSTEM32,
      account: start.account,
      parent: start.parent,
    }
  }

  /** Restarts the computer; returns what started, in order. */
  boot(atMs: number, random: Random): Process[] {
    this.takenPids.clear()
    this.running.clear()
    const launch = (
      program: Program,
      commandLine: string,
      parent: Process | null,
      after: number,
      account = SYSTEM,
    ) => this.keep(this.start({ atMs: atMs + after, parent, program, commandLine, account }, random))
    const init = launch(win.wininit, 'wininit.exe', null, 0)
    this.servicesProcess = launch(win.services, String.raw`C:\Windows\system32\services.exe`, init, 300)
    const started = [init, this.servicesProcess]
    started.push(launch(win.lsass, String.raw`C:\Windows\system32\lsass.exe`, init, 320))
    let after = 600
    for (const service of servicesOf(this.host)) {
      after += random.between(40, 900)
      const parent = service.under === undefined ? this.servicesProcess : this.service(service.under)
      const process = launch(service.program, service.commandLine, parent, after, service.account)
      this.running.set(service.name, process)
      started.push(process)
    }
    return started
  }

  /** Logs a person on; returns winlogon, userinit and the desktop. */
  logOn(atMs: number, name: string, random: Random): Process[] {
    const session =
      this.host.role === 'workstation' || this.host.role === 'developer' ? 1 : random.between(2, 5)
    const account = domainAccount(name, random.between(0x2_0000, 0x7f_ffff), 'Medium', session)
    const winlogon = this.start(
      {
        atMs,
        parent: null,
        program: win.winlogon,
        commandLine: 'winlogon.exe',
        account: { ...SYSTEM, terminalSession: session },
      },
      random,
    )
    const userinit = this.start(
      {
        atMs: atMs + 900,
        parent: winlogon,
        program: win.userinit,
        commandLine: String.raw`C:\Windows\system32\userinit.exe`,
        account,
      },
      random,
    )
    this.shellProcess = this.keep(
      this.start(
        {
          atMs: atMs + 1_200,
          parent: userinit,
          program: win.explorer,
          commandLine: String.raw`C:\Windows\Explorer.EXE`,
          account,
        },
        random,
      ),
    )
    return [winlogon, userinit, this.shellProcess]
  }

  private keep(process: Process): Process {
    this.takenPids.add(process.pid)
    return process
  }
}
