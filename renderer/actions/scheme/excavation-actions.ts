import type { ScenarioCommand } from '#shared/scenario/command-schema.ts'
import type { Excavation, ExcavationShape } from '#shared/scenario/document.ts'
import { excavationStore, type DigTemplate } from '../../state/scheme/excavation-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { orderCamera } from '../../state/view/view-store.ts'
import { canEdit, createScenario, executeCommand, freeScenarioName } from './scenario-actions.ts'

/** Starts laying out an excavation. The first of a project needs a scheme to be in: it is made without asking. */
export async function startDigging(type?: ExcavationShape['type']): Promise<void> {
  if (!canEdit()) return
  if (scenarioStore.getState().activeId === null && !(await createScenario(freeScenarioName(), null))) return
  if (type) changeDigTemplate({ type })
  sessionStore.setState({ interaction: { type: 'digging', points: [], cursor: null }, selection: null, findingId: null })
}

/** Each kind has a depth and sides of its own, those it was last drawn with: a trench is not dug as deep as the pit before it. */
export const changeDigTemplate = (change: Partial<DigTemplate>): void => excavationStore.setState(({ template, cuts }) => {
  const { type, bottom, slopeRatio } = template
  const own = change.type && change.type !== type ? cuts[change.type] : {}
  return { template: { ...template, ...own, ...change }, cuts: { ...cuts, [type]: { bottom, slopeRatio } } }
})

/** @returns false where the scheme refuses it (said to the user). */
export const addExcavation = (excavation: Excavation): boolean => executeCommand({ op: 'excavation.add', excavation }).ok

type Properties = Extract<ScenarioCommand, { op: 'excavation.set' }>['properties']
export const setExcavation = (id: string, properties: Properties): boolean => executeCommand({ op: 'excavation.set', id, properties }).ok

export function removeExcavation(id: string): void {
  if (executeCommand({ op: 'excavation.remove', id }).ok) sessionStore.setState({ selection: null })
}

/** Deletes the chosen corner, or the excavation where none is chosen or none can be spared. */
export function removeCornerOrAll(id: string, corner: number | null): void {
  const shape = activeScenario(scenarioStore.getState())?.document.excavations[id]?.shape
  const isSpare = corner !== null && ((shape?.type === 'pit' && shape.outline.length > 3) || (shape?.type === 'trench' && shape.line.length > 2))
  if (!isSpare) return removeExcavation(id)
  const next: ExcavationShape = shape.type === 'pit' ? { ...shape, outline: shape.outline.toSpliced(corner, 1) } : { ...(shape as Extract<ExcavationShape, { type: 'trench' }>), line: (shape as Extract<ExcavationShape, { type: 'trench' }>).line.toSpliced(corner, 1) }
  if (setExcavation(id, { shape: next })) sessionStore.setState({ selection: { type: 'excavation', id, corner: null } })
}

export const showStage = (stage: number | null): void => excavationStore.setState({ stage })

/** Selects an excavation and takes the camera to it. */
export function goToExcavation(id: string): void {
  const excavation = activeScenario(scenarioStore.getState())?.document.excavations[id]
  const { info } = projectStore.getState()
  const solid = excavationStore.getState().results.get(id)?.solid
  if (!excavation || !info) return
  sessionStore.setState({ selection: { type: 'excavation', id, corner: null } })
  const { shape } = excavation
  const points = (shape.type === 'pit' ? shape.outline : shape.type === 'trench' ? shape.line : shape.axis).map(([x, y]) => [x - info.origin[0], y - info.origin[1]] as const)
  const levels = shape.type === 'bore' ? shape.axis.map(point => point[2] - info.origin[2]) : [solid?.levelM ?? 0, solid?.topM ?? 0]
  const bound = (values: readonly number[], pad: number): [number, number] => [Math.min(...values) - pad, Math.max(...values) + pad]
  const [x, y, z] = [bound(points.map(p => p[0]), 4), bound(points.map(p => p[1]), 4), bound(levels, 1)]
  orderCamera({ type: 'box', min: [x[0], y[0], z[0]], max: [x[1], y[1], z[1]] })
}
