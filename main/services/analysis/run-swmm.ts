import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { CancelledError } from '#shared/core/job.ts'
import { readSwmmReport } from '#shared/hazards/overflow/swmm-report.ts'

/** A city of a million drains takes SWMM a while; longer than this it will not end. */
export const SWMM_TIMEOUT_MS = 10 * 60_000
const MOST_REPORT_BYTES = 512 * 1024 * 1024
const MOST_SAID = 2000

/** Why a SWMM program gave no answer; `reason` is for people: the program's own words where it has any. */
export class SwmmFailed extends Error {
  override readonly name = 'SwmmFailed'
  readonly kind: 'timeout' | 'failed'
  readonly reason: string
  constructor(kind: 'timeout' | 'failed', reason: string) {
    super(reason)
    this.kind = kind
    this.reason = reason
  }
}

/**
 * Runs a SWMM 5 program on a model as its command line says: `program model.inp report.rpt results.out`, in a folder of
 * its own that is removed afterwards. No shell takes part; the names of the files are fixed.
 * @param program Absolute path.
 * @returns the report. @throws SwmmFailed it ended with an error, wrote no report, or ran past the time; CancelledError.
 */
export async function runSwmm(program: string, model: string, signal: AbortSignal, timeoutMs = SWMM_TIMEOUT_MS): Promise<string> {
  if (signal.aborted) throw new CancelledError()
  const folder = mkdtempSync(join(tmpdir(), 'underplan-swmm-'))
  try {
    writeFileSync(join(folder, 'model.inp'), model)
    const { code, said, isLate } = await ended(program, folder, signal, timeoutMs)
    if (signal.aborted) throw new CancelledError()
    if (isLate) throw new SwmmFailed('timeout', `${basename(program)}: ${Math.round(timeoutMs / 1000)} s`)
    const report = reportIn(folder)
    const errors = report === null ? [] : readSwmmReport(report).errors
    if (errors.length > 0) throw new SwmmFailed('failed', errors.slice(0, 5).join('; '))
    if (report === null || code !== 0) throw new SwmmFailed('failed', said.trim() || `${basename(program)}: ${code}`)
    return report
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

interface Ended {
  readonly code: number | null
  readonly said: string
  readonly isLate: boolean
}

function ended(program: string, cwd: string, signal: AbortSignal, timeoutMs: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['model.inp', 'report.rpt', 'results.out'], { cwd, shell: false, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] })
    let [said, isLate] = ['', false]
    const hear = (chunk: Buffer) => {
      if (said.length < MOST_SAID) said = (said + chunk.toString('utf8')).slice(0, MOST_SAID)
    }
    const stop = () => child.kill('SIGKILL')
    const timer = setTimeout(() => {
      isLate = true
      stop()
    }, timeoutMs)
    const settle = (then: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      then()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    signal.addEventListener('abort', stop)
    child.once('error', cause => settle(() => reject(new SwmmFailed('failed', `${basename(program)}: ${cause.message}`))))
    child.once('close', code => settle(() => resolve({ code, said, isLate })))
  })
}

function reportIn(folder: string): string | null {
  const file = join(folder, 'report.rpt')
  const stats = statSync(file, { throwIfNoEntry: false })
  if (!stats) return null
  if (stats.size > MOST_REPORT_BYTES) throw new SwmmFailed('failed', `report.rpt: ${stats.size} B`)
  return readFileSync(file, 'utf8')
}
