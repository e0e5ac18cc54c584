import { z } from 'zod'

/**
 * One entry of the contract serves Electron, the web host and the tests: input and output are parsed by whoever
 * receives them, errors are codes of a closed list, long calls report progress and can be cancelled.
 */
export interface RequestSpec<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, E extends string = string> {
  readonly input: I
  readonly output: O
  /** Codes this call may answer beside the common ones. Each has a text under `errors.<code>` in both catalogues. */
  readonly errors: readonly E[]
  /** A long call: it reports progress and obeys cancel. */
  readonly long?: true
}

/**
 * Codes every call may answer. `busy`: too many calls at once. The last two come from the client itself:
 * the connection broke before the answer, or the answer did not have the shape the contract says.
 */
export const COMMON_ERRORS = ['invalid', 'internal', 'cancelled', 'unknown_call', 'no_project', 'read_only', 'disk_full', 'file_gone', 'busy', 'host_gone', 'bad_reply'] as const

export const request = <I extends z.ZodType, O extends z.ZodType, const E extends string = never>(
  spec: RequestSpec<I, O, E>,
): RequestSpec<I, O, E> => spec

/** A typed array of the given class; it crosses transports as binary, never as JSON. */
const typedArray = <T>(type: new (length: number) => T) => z.custom<T>(value => value instanceof type)
export const float64Array = typedArray<Float64Array>(Float64Array)
export const uint32Array = typedArray<Uint32Array>(Uint32Array)
export const uint16Array = typedArray<Uint16Array>(Uint16Array)
export const uint8Array = typedArray<Uint8Array>(Uint8Array)

/** Opaque handle to a file or folder, given by a host's own picker. The renderer never names a path. */
export const ticketSchema = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/)
