import type { TFunction } from 'i18next'
import { CancelledError, type JobControl } from '#shared/core/job.ts'
import type { CliIo } from './command.ts'

/** Progress on one line of a terminal, nothing where standard error is none; cancelled by the interrupt key. */
export function terminalJob(io: CliIo, t: TFunction): JobControl {
  return {
    progress(fraction, stage) {
      if (io.isTerminal) io.err(`\r\u001b[K${t(stage)}${fraction === null ? '' : ` ${Math.round(100 * fraction)} %`}`)
    },
    throwIfCancelled() {
      if (io.signal.aborted) throw new CancelledError()
    },
  }
}

/** Wipes the progress line. */
export function endProgress(io: CliIo): void {
  if (io.isTerminal) io.err('\r\u001b[K')
}
