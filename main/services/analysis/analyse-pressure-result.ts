import type { Issue } from '#shared/core/issues.ts'

/** Pressures and flows over time, in metres of water and SI units. */
export interface PressureResult {
  readonly engine: string
  /** Report times, seconds from the start. */
  readonly times: readonly number[]
  readonly nodes: Readonly<Record<string, { readonly pressureM: number[]; readonly headM: number[] }>>
  readonly links: Readonly<Record<string, { readonly flowM3s: number[]; readonly velocityMs: number[] }>>
  readonly issues: readonly Issue[]
}

/** The engine does not take the model; `reason` is its own words with the place in the file. */
export class ModelRefused extends Error {
  override readonly name = 'ModelRefused'
  readonly reason: string
  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}
