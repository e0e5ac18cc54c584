import type { PackedContext } from '#shared/twin/twin-context.ts'
import type { PlanningRequest } from '../../workers/planning-messages.ts'

/** How long a worker that nobody asks is kept: it holds the surroundings unpacked. */
const KEPT_MS = 60_000

let kept: { readonly worker: Worker; readonly timer: ReturnType<typeof setTimeout> } | null = null
const numbers = new WeakMap<PackedContext, number>()
let lastNumber = 0
/** Number of the surroundings each worker has. */
const sent = new WeakMap<Worker, number>()

/** A number for each state of the surroundings, by which a worker knows again what it has unpacked. */
export function contextNumber(context: PackedContext): number {
  const number = numbers.get(context) ?? ++lastNumber
  numbers.set(context, number)
  return number
}

/** The worker that answered last, where it was kept: it has the surroundings and runs fast by now; else a new one. */
export function takePlanningWorker(): Worker {
  const worker = kept?.worker ?? new Worker(new URL('../../workers/planning-worker.ts', import.meta.url), { type: 'module', name: 'planning' })
  if (kept) clearTimeout(kept.timer)
  kept = null
  return worker
}

/** Sends a worker what it is to do; the surroundings, a city's worth, only where it has not got them. */
export function tellPlanningWorker(worker: Worker, request: PlanningRequest): void {
  worker.postMessage(sent.get(worker) === request.contextNumber ? { ...request, context: null } : request)
  sent.set(worker, request.contextNumber)
}

/** Keeps a worker that has answered for the next question, for a while. */
export function keepPlanningWorker(worker: Worker): void {
  release()
  kept = { worker, timer: setTimeout(release, KEPT_MS) }
}

/** Has the surroundings unpacked while the points of a question are still picked. */
export function preparePlanning(context: PackedContext): void {
  const worker = takePlanningWorker()
  tellPlanningWorker(worker, { type: 'prepare', context, contextNumber: contextNumber(context) })
  keepPlanningWorker(worker)
}

function release(): void {
  if (kept) clearTimeout(kept.timer)
  kept?.worker.terminate()
  kept = null
}
