import { expect, it } from 'vitest'
import { changeCost, projectCosts, resetCosts, stepCosts } from '#renderer/actions/scheme/route-cost-actions.ts'
import { jobsStore } from '#renderer/state/app/jobs-store.ts'
import { planningStore } from '#renderer/state/scheme/planning-store.ts'
import { registerStore } from '#renderer/state/twin/register-store.ts'
import { DEFAULT_ROUTE_COSTS } from '#shared/routing/search/route-costs.ts'
import { openOn, settled } from './open-project.ts'

const costs = () => projectCosts(registerStore.getState().routeCosts)

it('a project keeps its costs figure by figure, takes them back and goes back to those shipped', async () => {
  await openOn()
  expect(costs()).toEqual(DEFAULT_ROUTE_COSTS)
  await changeCost('roadway', 2.5)
  await changeCost('bend', 4)
  await settled()
  expect(costs()).toEqual({ ...DEFAULT_ROUTE_COSTS, bend: 4, surfaceFactor: { ...DEFAULT_ROUTE_COSTS.surfaceFactor, roadway: 2.5 } })
  await stepCosts('undo')
  await settled()
  expect([costs().bend, costs().surfaceFactor.roadway]).toEqual([DEFAULT_ROUTE_COSTS.bend, 2.5])
  await stepCosts('redo')
  await settled()
  expect(costs().bend).toBe(4)
  await resetCosts()
  await settled()
  expect(Object.keys(registerStore.getState().routeCosts)).toEqual([])
  expect(costs()).toEqual(DEFAULT_ROUTE_COSTS)
  await stepCosts('undo')
  await settled()
  expect(costs().bend).toBe(4)
})

it('a cost out of bounds is refused and said; a route found by other costs is no answer any more', async () => {
  await openOn()
  await changeCost('green', 0)
  await settled()
  expect(costs()).toEqual(DEFAULT_ROUTE_COSTS)
  expect(jobsStore.getState().toasts.map(({ key }) => key)).toContain('planning:costs.refused')
  planningStore.setState({ route: { line: {} as never, replaces: null, answer: { routes: [], blocked: [] }, isComplete: true, chosen: 0 } })
  await changeCost('green', 2)
  expect(planningStore.getState().route).toBeNull()
})
