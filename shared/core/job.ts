/** What a long computation is given, so that every one of them reports progress and can be cancelled. */
export interface JobControl {
  /** @param fraction 0 … 1, or null where the end is not known. @param stage message key of the current step. */
  progress(fraction: number | null, stage: string): void
  /** Throws CancelledError once the user has cancelled; call it at least every few milliseconds of work. */
  throwIfCancelled(): void
}

export class CancelledError extends Error {
  override readonly name = 'CancelledError'
  constructor() {
    super('cancelled')
  }
}

/** Steps of a short sort (a line, a place, a pipe) between two looks at whether the user has cancelled. */
export const CANCEL_EVERY = 4096

/** One part of a job: its progress 0 … 1 runs from one fraction of the whole to another. */
export const partOf = (job: JobControl, from: number, to: number): JobControl =>
  ({ progress: (fraction, stage) => job.progress(fraction === null ? null : from + fraction * (to - from), stage), throwIfCancelled: () => job.throwIfCancelled() })

/** For callers that neither show progress nor cancel: tests and small synchronous work. */
export const unattendedJob: JobControl = { progress: () => undefined, throwIfCancelled: () => undefined }
