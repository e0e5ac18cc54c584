import type { SavedView } from '#shared/register/saved-view.ts'
import { ASSET_KINDS, type AssetKind } from '#shared/twin/kinds.ts'
import { cameraStore } from '../../state/view/camera-store.ts'
import { COLOUR_BY } from '../../state/colouring/colour-classes.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { scenarioStore } from '../../state/scheme/scenario-store.ts'
import { orderCamera, viewStore, type Clip } from '../../state/view/view-store.ts'
import { setColourBy } from './colour-actions.ts'
import { changeRecords } from '../ledger/register-actions.ts'
import { switchScenario } from '../scheme/scenario-actions.ts'

/** A saved view with its id. */
export type ViewRecord = SavedView & { readonly id: string }

/** The project's views in the order people see them. */
export const savedViews = (records: ReturnType<typeof registerStore.getState>['views']): ViewRecord[] =>
  Object.values(records).map(({ id, body }) => ({ ...body, id })).sort((a, b) => a.order - b.order || a.name.localeCompare(b.name))

/** Keeps what the 3D view shows now under a name. @returns false where there is no picture, or it was refused (and said so). */
export async function saveView(name: string): Promise<boolean> {
  const body = presentView(name)
  return body !== null && (await changeRecords([{ collection: 'views', id: crypto.randomUUID(), body }])) !== null
}

/** Replaces what a view shows by what is shown now; its name stays. */
export async function updateView(view: ViewRecord): Promise<void> {
  const body = presentView(view.name)
  if (body) await changeRecords([{ collection: 'views', id: view.id, body: { ...body, note: view.note, order: view.order } }])
}

export async function renameView({ id, ...body }: ViewRecord, name: string): Promise<void> {
  if (name.trim() !== '') await changeRecords([{ collection: 'views', id, body: { ...body, name: name.trim() } }])
}

export const removeView = async (id: string): Promise<void> => void (await changeRecords([{ collection: 'views', id, body: null }]))

/** Shows everything as it was when the view was saved; what is no longer there (a scheme, a kind) is left as it is now. */
export function showView(view: ViewRecord): void {
  const origin = projectStore.getState().columns?.origin
  if (!origin) return
  const local = (point: readonly number[]) => [point[0]! - origin[0], point[1]! - origin[1], point[2]! - origin[2]] as const
  const isKind = (kind: string): kind is AssetKind => (ASSET_KINDS as readonly string[]).includes(kind)
  const { hiddenOwners, showGround, showBuildings, heightScale, isXray, groundOpacity } = view
  viewStore.setState({
    hiddenKinds: new Set(view.hiddenKinds.filter(isKind)), hiddenOwners: new Set(hiddenOwners), showGround, showBuildings, heightScale, isXray,
    clip: view.clip && movedClip(view.clip, [-origin[0], -origin[1], -origin[2]]), ...(groundOpacity !== null && { groundOpacity }),
  })
  const colourBy = COLOUR_BY.find(by => by === view.colourBy)
  if (colourBy) setColourBy(colourBy)
  const { activeId, byId } = scenarioStore.getState()
  if (view.scenarioId !== activeId && (view.scenarioId === null || byId[view.scenarioId])) void switchScenario(view.scenarioId)
  orderCamera({ type: 'pose', position: local(view.camera.position), target: local(view.camera.target) })
}

/** The same section in another frame. */
function movedClip(clip: NonNullable<SavedView['clip']>, [x, y, z]: readonly [number, number, number]): Clip {
  if (clip.type === 'plane') return { ...clip, at: [clip.at[0] + x, clip.at[1] + y] }
  const moved = (corner: readonly [number, number, number]) => [corner[0] + x, corner[1] + y, corner[2] + z] as const
  return { type: 'box', min: moved(clip.min), max: moved(clip.max) }
}

function presentView(name: string): SavedView | null {
  const { place } = cameraStore.getState()
  const origin = projectStore.getState().columns?.origin
  if (!place || !origin || name.trim() === '') return null
  const { hiddenKinds, hiddenOwners, colourBy, showGround, showBuildings, heightScale, isXray, clip, groundOpacity } = viewStore.getState()
  return {
    name: name.trim(), note: '', camera: { position: [...place.position], target: [...place.target] }, hiddenKinds: [...hiddenKinds], hiddenOwners: [...hiddenOwners],
    colourBy, showGround, showBuildings, heightScale, isXray, clip: clip && movedClip(clip, origin), groundOpacity, scenarioId: scenarioStore.getState().activeId, order: Object.keys(registerStore.getState().views).length,
  }
}
