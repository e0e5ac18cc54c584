import { describe, expect, it } from 'vitest'
import { dragCommand, draggedAxis, handleAt, handlesOf, LEVEL_HANDLE_LIFT_PX, movedSegments, type VertexDrag } from '#renderer/tools/edit-proposal/edit-steps.ts'
import { firstMovingSegment, movingRoute } from '#renderer/tools/live-clearance/moving-route.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { scenarioCommandSchema } from '#shared/scenario/command-schema.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

const AXIS: readonly Vec3[] = [[0, 0, -1], [10, 0, -1], [20, 5, -2]]
const P: Proposal = { id: 'p', name: '', kind: 'water', owner: '', section: { shape: 'circle', diameterM: 0.3 }, axis: [[100, 0, -1], [110, 0, -1], [120, 5, -2]] }
const toCrs = ([x, y, z]: Vec3): Vec3 => [x + 100, y, z]
const drag = (fields: Partial<VertexDrag>): VertexDrag => ({ type: 'draggingVertex', proposalId: 'p', index: 1, inserted: false, way: 'plan', to: [11, 1, -1], ...fields })

describe('dragging a vertex', () => {
  it('moves it, or puts a new one between, and leaves the committed axis alone', () => {
    expect(draggedAxis(AXIS, drag({}))).toEqual([[0, 0, -1], [11, 1, -1], [20, 5, -2]])
    expect(draggedAxis(AXIS, drag({ inserted: true }))).toEqual([[0, 0, -1], [11, 1, -1], [10, 0, -1], [20, 5, -2]])
    expect(AXIS[1]).toEqual([10, 0, -1])
  })

  it('ends in one command the scenario accepts', () => {
    expect(scenarioCommandSchema.parse(dragCommand(drag({}), P, toCrs))).toEqual({ op: 'proposal.moveVertex', id: 'p', index: 1, to: [111, 1, -1] })
    expect(scenarioCommandSchema.parse(dragCommand(drag({ inserted: true, index: 2, to: [-99, 2, 3] }), P, toCrs))).toEqual({ op: 'proposal.insertVertex', id: 'p', index: 2, at: [1, 2, 3] })
  })

  it('moves the segments that meet there, at the ends only one', () => {
    expect(movedSegments(3, drag({ index: 0 }))).toEqual([0, 0])
    expect(movedSegments(3, drag({}))).toEqual([0, 1])
    expect(movedSegments(3, drag({ index: 2 }))).toEqual([1, 1])
  })
})

describe('handles', () => {
  const project = (at: Vec3) => ({ pxX: 10 * at[0], pxY: 100 - 10 * at[1] })

  it('are one a vertex, one a segment, and one for the level of the chosen vertex', () => {
    const count = (chosen: number | null) => handlesOf(AXIS, chosen).reduce<Record<string, number>>((sum, handle) => ({ ...sum, [handle.type]: (sum[handle.type] ?? 0) + 1 }), {})
    expect(count(null)).toEqual({ vertex: 3, middle: 2 })
    expect(count(1)).toEqual({ vertex: 3, middle: 2, level: 1 })
  })

  it('are taken hold of within reach, vertices before middles, the level handle above its vertex', () => {
    const handles = handlesOf(AXIS, 1)
    expect(handleAt(handles, 103, 98, project, 10)).toMatchObject({ type: 'vertex', index: 1 })
    expect(handleAt(handles, 50, 104, project, 10)).toMatchObject({ type: 'middle', index: 1 })
    expect(handleAt(handles, 100, 100 - LEVEL_HANDLE_LIFT_PX, project, 10)).toMatchObject({ type: 'level', index: 1 })
    expect(handleAt(handles, 400, 400, project, 10)).toBeNull()
    const close = handlesOf([[0, 0, 0], [1, 0, 0]], null)
    expect(handleAt(close, 5, 100, project, 10)).toMatchObject({ type: 'vertex' })
  })

  it('behind the eye cannot be taken', () => {
    expect(handleAt(handlesOf(AXIS, null), 0, 0, () => null, 1e9)).toBeNull()
  })
})

describe('the moving route', () => {
  const { template } = sessionStore.getInitialState()
  const proposal: Proposal = { id: 'p', name: 'P', kind: 'gas', owner: 'o', section: { shape: 'circle', diameterM: 0.2 }, axis: AXIS.map(([x, y, z]) => [x + 1000, y + 2000, z]), pressureClass: 'low' }
  const toLocal = ([x, y, z]: Vec3): Vec3 => [x - 1000, y - 2000, z]

  it('is the draft with the template\'s properties, all of it looked at', () => {
    const moving = movingRoute({ type: 'drawing', vertices: [[0, 0, 0], [5, 0, 0]], between: [], cursor: [9, 0, 0] }, template, {}, toLocal)
    expect(moving).toMatchObject({ replaces: null, segments: null, route: { kind: 'water', axis: [[0, 0, 0], [5, 0, 0], [9, 0, 0]] } })
    expect(moving!.route).not.toHaveProperty('pressureClass')
    expect(firstMovingSegment({ type: 'drawing', vertices: [[0, 0, 0], [5, 0, 0]], between: [], cursor: [9, 0, 0] })).toBe(1)
  })

  it('stands in for the dragged proposal, in the local frame, at the segments that move', () => {
    const moving = movingRoute(drag({}), template, { p: proposal }, toLocal)
    expect(moving).toMatchObject({ replaces: 'p', segments: [0, 1], route: { kind: 'gas', pressureClass: 'low', axis: [[0, 0, -1], [11, 1, -1], [20, 5, -2]] } })
  })

  it('is nothing at rest, with a single point, or where the proposal is gone', () => {
    expect(movingRoute({ type: 'idle' }, template, {}, toLocal)).toBeNull()
    expect(movingRoute({ type: 'drawing', vertices: [], between: [], cursor: [1, 1, 1] }, template, {}, toLocal)).toBeNull()
    expect(movingRoute(drag({}), template, {}, toLocal)).toBeNull()
  })
})
