import type { CallFailure } from '#shared/contract/call-failure.ts'
import type { Client, CallOptions } from '#shared/contract/client.ts'
import type { CallInput, CallName, CallOutput } from '#shared/contract/contract.ts'
import { ISSUE_CODES } from '#shared/core/issues.ts'
import { showToast } from '../state/app/jobs-store.ts'

let client: Client | null = null

/** Set once at boot, before any action runs; tests set a host in memory. */
export const setHost = (next: Client): void => {
  client = next
}

export function host(): Client {
  if (!client) throw new Error('no host is connected')
  return client
}

/** The refusal in a caught error: its code, or `internal` for what nobody foresaw. */
export function refusalOf(cause: unknown): { readonly code: string; readonly details: Readonly<Record<string, string | number>> } {
  const failure = cause as Partial<CallFailure> | null
  return failure?.name === 'CallFailure' && typeof failure.code === 'string'
    ? { code: failure.code, details: failure.details ?? {} }
    : { code: 'internal', details: {} }
}

/** Says a refusal to the user. A cancel is what the user asked for, and a lost connection has a banner of its own: neither is said again. */
export function showRefusal(cause: unknown): void {
  const { code, details } = refusalOf(cause)
  if (code === 'cancelled' || code === 'host_gone') return
  const { file, reason, ...context } = details
  const issue = ISSUE_CODES.find(known => known === reason)
  if (file !== undefined && issue) showToast('error', 'refusals:file', { file }, { code: issue, context })
  else showToast('error', `errors:${code}`, details)
}

/** Calls the host; a refusal is shown to the user and answers null. */
export async function ask<N extends CallName>(name: N, input: CallInput<N>, options?: CallOptions): Promise<CallOutput<N> | null> {
  try {
    return await host().call(name, input, options)
  } catch (cause) {
    showRefusal(cause)
    return null
  }
}
