import type { Refusal } from '#shared/report/refusal-words.ts'
import { createStore } from 'zustand/vanilla'

/** Long work in progress and short notes to the user. Titles are catalogue keys with their parameters. */
export interface Job {
  readonly id: string
  readonly titleKey: string
  readonly stageKey: string | null
  /** 0 … 1, null where the end is not known. */
  readonly fraction: number | null
  readonly cancel: (() => void) | null
}

export interface Toast {
  readonly id: string
  readonly tone: 'info' | 'success' | 'warning' | 'error'
  readonly key: string
  readonly params: Readonly<Record<string, string | number>>
  /** Why a file was refused, for `why` in its text: put in words where it is shown, so that it follows the language. */
  readonly refusal: Refusal | null
  /** Stays until dismissed: errors do. */
  readonly sticky: boolean
}

export const jobsStore = createStore<{ readonly jobs: readonly Job[]; readonly toasts: readonly Toast[] }>(() => ({ jobs: [], toasts: [] }))

let serial = 0

export function showToast(tone: Toast['tone'], key: string, params: Toast['params'] = {}, refusal: Refusal | null = null): void {
  const toast: Toast = { id: `toast-${++serial}`, tone, key, params, refusal, sticky: tone === 'error' }
  jobsStore.setState(state => ({ toasts: [...state.toasts.filter(one => !isSaidAgain(one, toast)).slice(-4), toast] }))
}

/** The same sentence about the same things: only its figures may differ, and then the newer ones hold. */
const isSaidAgain = (one: Toast, next: Toast): boolean =>
  one.key === next.key && one.tone === next.tone && one.refusal === null && next.refusal === null && namesIn(one.params) === namesIn(next.params)

const namesIn = (params: Toast['params']): string => JSON.stringify(Object.entries(params).filter(([, value]) => typeof value === 'string'))

export const dismissToast = (id: string): void =>
  jobsStore.setState(state => ({ toasts: state.toasts.filter(toast => toast.id !== id) }))

/** Registers a job and gives the means to move and end it. */
export function startJob(titleKey: string, cancel: (() => void) | null): { update(fraction: number | null, stageKey: string | null): void; end(): void } {
  const id = `job-${++serial}`
  jobsStore.setState(state => ({ jobs: [...state.jobs, { id, titleKey, stageKey: null, fraction: null, cancel }] }))
  return {
    update: (fraction, stageKey) => jobsStore.setState(state => ({ jobs: state.jobs.map(job => (job.id === id ? { ...job, fraction, stageKey } : job)) })),
    end: () => jobsStore.setState(state => ({ jobs: state.jobs.filter(job => job.id !== id) })),
  }
}
