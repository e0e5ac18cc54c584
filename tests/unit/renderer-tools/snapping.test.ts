import { describe, expect, it } from 'vitest'
import { CameraRig } from '#renderer/scene/camera/camera-rig.ts'
import { projectPoint } from '#renderer/scene/camera/pose.ts'
import { ScenePicker } from '#renderer/scene/picking/scene-picker.ts'
import { localToView } from '#renderer/scene/scene-frame.ts'
import { sceneModel } from '#renderer/scene/scene-model.ts'
import { selectTool } from '#renderer/tools/select/select-tool.ts'
import { findSnap } from '#renderer/tools/snapping.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { flatGround, IDS, TwinBuilder } from '../../builders/twin-builder.ts'

/** A water main with a bend, a gas main crossing above it, and a manhole; seen from an oblique eye, 1000 × 625 pixels. */
function stage() {
  const builder = TwinBuilder.with()
    .aPipe(IDS.W1, [[1000, 1000, -1.5], [1020, 1000, -1.5], [1030, 1010, -1.5]])
    .aPipe(IDS.G1, [[1010, 990, -0.8], [1010, 1010, -0.8]], { kind: 'gas' })
    .aManhole(IDS.M1, [1025, 995, 0])
  const records = builder.build()
  const columns = builder.buildColumns([1000, 1000, 0])
  const model = sceneModel(columns, { nodes: [...records.nodes], ground: flatGround(0), surfaceFeatures: [], blocks: [] })
  const rig = new CameraRig({ target: localToView(model.frame, [15, 2, -1]), distance: 60, azimuth: 0.4, elevation: 0.7 })
  const picker = new ScenePicker(model, rig, viewStore.getState)
  picker.heightPx = 625
  const pointAt = (local: Vec3, pxRight = 0) => {
    const place = projectPoint(rig.pose, rig.lens, localToView(model.frame, local))!
    return { x: place.x + (2 * pxRight) / 1000, y: place.y, pxX: 0, pxY: 0, shift: false, alt: false, mod: false }
  }
  return { model, picker, pointAt }
}

describe('snapping', () => {
  const { picker, pointAt } = stage()
  const snap = (local: Vec3, kind: Parameters<typeof findSnap>[2], pxRight = 0, proposals: readonly Proposal[] = []) => findSnap(picker, picker.ray(pointAt(local, pxRight)), kind, proposals)

  it('ties to the end, the bend and the axis of a line of the same kind, in level too', () => {
    expect(snap([0, 0, -1.5], 'water', 6)).toMatchObject({ target: 'end', at: [0, 0, -1.5], label: IDS.W1 })
    expect(snap([20, 0, -1.5], 'water', 6)).toMatchObject({ target: 'vertex', at: [20, 0, -1.5] })
    const tee = snap([8, 0, -1.5], 'water', 1)!
    expect(tee.target).toBe('axis')
    expect(tee.at[1]).toBeCloseTo(0, 9)
  })

  it('never ties to another kind: that would be a clash', () => {
    expect(snap([0, 0, -1.5], 'gas')).toBeNull()
  })

  it('lets go a few pixels away', () => {
    expect(snap([0, 0, -1.5], 'water', -40)).toBeNull()
  })

  it('ties to manholes of its kind and to vertices of other proposals', () => {
    expect(snap([25, -5, -1], 'sewer_foul')).toMatchObject({ target: 'node', label: IDS.M1 })
    // Combined sewers share the manholes of the others; rain and a water main have no business in one of foul water.
    expect(snap([25, -5, -1], 'sewer_combined')).toMatchObject({ target: 'node', label: IDS.M1 })
    expect(snap([25, -5, -1], 'sewer_storm')).toBeNull()
    expect(snap([25, -5, -1], 'water')).toBeNull()
    const other: Proposal = { id: 'p1', name: 'Other', kind: 'heat', owner: '', section: { shape: 'circle', diameterM: 0.3 }, axis: [[1005, 1005, -2], [1015, 1009, -2]] }
    expect(snap([5, 5, -2], 'heat', 4, [other])).toMatchObject({ target: 'proposal', label: 'Other', at: [5, 5, -2] })
  })
})

describe('selecting', () => {
  const { picker, pointAt } = stage()
  const tool = selectTool(picker)

  it('names what is under the pointer, its place in the project system, and the ground there', () => {
    tool.hover(pointAt([5, 0, -1.5]))
    expect(sessionStore.getState().hover).toEqual({ type: 'asset', id: IDS.W1 })
    const { pointer } = sessionStore.getState()
    expect(pointer!.groundZ).toBeCloseTo(0, 9)
    expect(Math.abs(pointer!.at[0] - 1005)).toBeLessThan(3)
    tool.leave()
    expect(sessionStore.getState()).toMatchObject({ hover: null, pointer: null })
  })

  it('selects on click, goes deeper with Alt, and clears beside everything', () => {
    const crossing = pointAt([10, 0, -0.8])
    tool.click(crossing, 1)
    expect(sessionStore.getState().selection).toEqual({ type: 'asset', id: IDS.G1 })
    const below = { ...pointAt([10, 0, -0.8]), alt: true }
    tool.click(below, 1)
    const first = sessionStore.getState().selection
    tool.click(below, 1)
    expect([first?.id, sessionStore.getState().selection?.id]).not.toContain(undefined)
    tool.click(pointAt([40, 40, 0]), 1)
    expect(sessionStore.getState().selection).toBeNull()
  })

  it('does not see what is switched off', () => {
    viewStore.setState({ hiddenKinds: new Set(['gas']) })
    tool.click(pointAt([10, 5, -0.8]), 1)
    expect(sessionStore.getState().selection).toBeNull()
    viewStore.setState({ hiddenKinds: new Set() })
  })
})
