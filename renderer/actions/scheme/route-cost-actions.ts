import { DEFAULT_ROUTE_COSTS, ROUTE_COSTS_RECORD, routeCostsOf, routeCostsSchema, type RouteCosts, type RouteSurface } from '#shared/routing/search/route-costs.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { planningStore } from '../../state/scheme/planning-store.ts'
import { registerStore, type RegisterState } from '../../state/twin/register-store.ts'
import { changeRecords } from '../ledger/register-actions.ts'
import { dropPlanning } from './planning-actions.ts'

/** One figure of the table: a surface's factor, or one that stands for itself. */
export type CostName = RouteSurface | Exclude<keyof RouteCosts, 'surfaceFactor'>

const isSurface = (name: CostName): name is RouteSurface => name in DEFAULT_ROUTE_COSTS.surfaceFactor
export const costOf = (costs: RouteCosts, name: CostName): number => (isSurface(name) ? costs.surfaceFactor[name] : costs[name])

/** What the open project's routes and cost indices go by. */
export const projectCosts = (records: RegisterState['routeCosts']): RouteCosts => routeCostsOf(Object.values(records))

/** Changes one figure for the project. What lies outside its bounds is refused, and said. */
export async function changeCost(name: CostName, value: number): Promise<void> {
  const costs = projectCosts(registerStore.getState().routeCosts)
  const changed = routeCostsSchema.safeParse(isSurface(name) ? { ...costs, surfaceFactor: { ...costs.surfaceFactor, [name]: value } } : { ...costs, [name]: value })
  if (changed.success) await keep(changed.data)
  else showToast('error', 'planning:costs.refused')
}

/** The costs shipped: the project keeps none of its own. */
export const resetCosts = (): Promise<void> => keep(null)

/** Routes that were found by other costs are no answer any more. */
async function keep(body: RouteCosts | null): Promise<void> {
  const before = await changeRecords([{ collection: 'routeCosts', id: ROUTE_COSTS_RECORD, body }])
  if (!before) return
  planningStore.setState(({ costSteps: { past } }) => ({ costSteps: { past: [...past, before], next: [] } }))
  dropPlanning()
}

/** Takes the last change of the costs back, or makes it again. */
export async function stepCosts(direction: 'undo' | 'redo'): Promise<void> {
  const { past, next } = planningStore.getState().costSteps
  const step = (direction === 'undo' ? past : next).at(-1)
  const back = step && (await changeRecords(step))
  if (!back) return
  planningStore.setState({ costSteps: direction === 'undo' ? { past: past.slice(0, -1), next: [...next, back] } : { past: [...past, back], next: next.slice(0, -1) } })
  dropPlanning()
}
