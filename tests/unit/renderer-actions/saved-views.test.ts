import { expect, it } from 'vitest'
import { savedViews, saveView, showView } from '#renderer/actions/viewing/saved-view-actions.ts'
import { cameraStore } from '#renderer/state/view/camera-store.ts'
import { projectStore } from '#renderer/state/twin/project-store.ts'
import { registerStore } from '#renderer/state/twin/register-store.ts'
import { viewStore, type Clip } from '#renderer/state/view/view-store.ts'
import { savedViewSchema } from '#shared/register/saved-view.ts'
import { openOn, settled } from './open-project.ts'

const PLANE: Clip = { type: 'plane', at: [12, 3], bearing: 0.7, offsetM: -1.5 }
const BOX: Clip = { type: 'box', min: [0, -5, -4], max: [20, 5, 1] }

it.each([['a section plane', PLANE], ['a section box', BOX], ['no section', null]] as const)('a saved view gives back %s, heights, x-ray and ground as they were, wherever the project lies', async (_, clip) => {
  await openOn()
  const { origin } = projectStore.getState().columns!
  cameraStore.setState({ place: { position: [origin[0] + 5, origin[1] - 20, origin[2] + 9], target: [...origin] } })
  viewStore.setState({ clip, heightScale: 3, isXray: true, groundOpacity: 0.3, showBuildings: false })
  expect(await saveView('Junction')).toBe(true)
  await settled()
  const [view] = savedViews(registerStore.getState().views)
  // What is kept is in the project's own coordinates.
  if (clip?.type === 'plane') expect(view!.clip).toMatchObject({ at: [origin[0] + 12, origin[1] + 3] })

  viewStore.setState({ clip: clip ? null : BOX, heightScale: 1, isXray: false, groundOpacity: 0.9, showBuildings: true })
  showView(view!)
  const shown = viewStore.getState()
  expect([shown.heightScale, shown.isXray, shown.groundOpacity, shown.showBuildings]).toEqual([3, true, 0.3, false])
  expect(JSON.parse(JSON.stringify(shown.clip, (_key, value: unknown) => (typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value)))).toEqual(clip)
})

it('a view kept before sections were part of one shows none, and leaves the ground as it is', () => {
  const view = savedViewSchema.parse({
    name: 'old', note: '', camera: { position: [0, 0, 10], target: [0, 0, 0] }, hiddenKinds: [], hiddenOwners: [], colourBy: 'kind', showGround: true, showBuildings: true, scenarioId: null, order: 0,
  })
  expect([view.clip, view.groundOpacity]).toEqual([null, null])
})
