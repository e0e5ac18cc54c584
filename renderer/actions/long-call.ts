import type { CallInput, CallName, CallOutput } from '#shared/contract/contract.ts'
import { startJob } from '../state/app/jobs-store.ts'
import { host, showRefusal } from './host.ts'

/** A long call with its row in the status bar: progress, and a cancel that reaches the host. A refusal answers null. */
export async function longCall<N extends CallName>(name: N, input: CallInput<N>, titleKey: string, controller = new AbortController()): Promise<CallOutput<N> | null> {
  const job = startJob(titleKey, () => controller.abort())
  try {
    return await host().call(name, input, { signal: controller.signal, onProgress: (fraction, stage) => job.update(fraction, stage) })
  } catch (cause) {
    showRefusal(cause)
    return null
  } finally {
    job.end()
  }
}
