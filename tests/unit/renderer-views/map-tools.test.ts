import { afterEach, describe, expect, it } from 'vitest'
import { sceneModel } from '#renderer/scene/scene-model.ts'
import { scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { NOTHING_DRAWN, sessionStore } from '#renderer/state/app/session-store.ts'
import { drawnRoute } from '#renderer/tools/draw-pipeline/draw-steps.ts'
import { toPicture } from '#renderer/tools/tool-scope.ts'
import { toPixels, toPlan, type MapPose } from '#renderer/views/plan/map-pose.ts'
import { HANDLES_PX_PER_M, mapTools } from '#renderer/views/plan/map-tools.ts'
import { seededRandom } from '#shared/core/random.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { flatGround, IDS, TwinBuilder } from '../../builders/twin-builder.ts'

const SIZE = { width: 640, height: 480 }
const NO_KEYS = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false }

/** A water main with a bend under level ground, and the map over it. */
function stage() {
  const builder = TwinBuilder.with().aPipe(IDS.W1, [[1000, 1000, -1.5], [1020, 1000, -1.5], [1030, 1010, -1.5]])
  const model = sceneModel(builder.buildColumns([1000, 1000, 0]), { nodes: [], ground: flatGround(0), surfaceFeatures: [], blocks: [] })
  let pose: MapPose = { x: 10, y: 0, pxPerM: 20 }
  const tools = mapTools(model, () => pose, () => SIZE)
  const sampleAt = (x: number, y: number, keys = NO_KEYS) => tools.sample(...toPixels(pose, SIZE, x, y), keys)
  return { tools, sampleAt, moveTo: (next: MapPose) => (pose = next), poseNow: () => pose }
}

const initial = sessionStore.getState()
afterEach(() => {
  sessionStore.setState(initial)
  scenarioStore.setState({ activeId: null, order: [], byId: {} })
})

describe('the planning tools over the map', () => {
  it('see every point where the map draws it, whatever its level, and the ground where the map points (seed 3)', () => {
    const { tools, moveTo, poseNow } = stage()
    const random = seededRandom(3)
    for (let i = 0; i < 300; i++) {
      moveTo({ x: random.range(-5000, 5000), y: random.range(-5000, 5000), pxPerM: 10 ** random.range(-1.5, 2) })
      tools.current()
      const [pxX, pxY] = [random.range(0, SIZE.width), random.range(0, SIZE.height)]
      const [x, y] = toPlan(poseNow(), SIZE, pxX, pxY)
      const place = toPicture(tools.scope, [x, y, random.range(-250, 250)])!
      expect(Math.hypot(place.pxX - pxX, place.pxY - pxY)).toBeLessThan(0.1)
      const ground = tools.scope.picker.ground(tools.scope.picker.ray(tools.sample(pxX, pxY, NO_KEYS)), 0)!
      expect(Math.hypot(ground[0] - x, ground[1] - y)).toBeLessThan(1e-3 + 1e-6 * Math.hypot(x, y))
    }
  })

  it('lay a line click by click with the levels of the template, tied to what is there, and take a double click as its end', () => {
    const { tools, sampleAt } = stage()
    sessionStore.setState({ interaction: { type: 'drawing', vertices: [], between: [], cursor: null } })
    expect(tools.isLaying()).toBe(true)
    const click = (x: number, y: number): void => {
      expect(tools.press(sampleAt(x, y))).toBe(false)
      tools.current().click(sampleAt(x, y), 1)
    }
    click(2, 5)
    click(20.2, 0.1)
    const { interaction, template } = sessionStore.getState()
    expect(interaction.type === 'drawing' && interaction.vertices.length).toBe(2)
    const [first, second] = (interaction as unknown as { vertices: Vec3[] }).vertices
    expect([first![0], first![1]].map(value => Math.round(value * 1000) / 1000)).toEqual([2, 5])
    expect(first![2]).toBeLessThan(-1)
    // Within reach of the bend of a line of its kind.
    expect(template.kind).toBe('water')
    expect(second).toEqual([20, 0, -1.5])
    // Nothing is laid without a scheme to lay it in, and what was drawn stays.
    tools.current().click(sampleAt(20.2, 0.1), 2)
    expect(sessionStore.getState().interaction.type).toBe('drawing')
  })

  it('lay a line by cover that follows the ground between the clicks, a sewer straight', () => {
    const slope = { type: 'tin' as const, name: 'g', xyz: Float64Array.from([-50, -50, 0, 10, -50, 0, 10, 50, 0, -50, 50, 0, 60, -50, 10, 60, 50, 10]), faces: Uint32Array.from([0, 1, 2, 0, 2, 3, 1, 4, 5, 1, 5, 2]) }
    const model = sceneModel(TwinBuilder.with().aPipe(IDS.W1, [[1000, 1045, -1.5], [1020, 1045, -1.5]]).buildColumns([1000, 1000, 0]), { nodes: [], ground: slope, surfaceFeatures: [], blocks: [] })
    const tools = mapTools(model, () => ({ x: 10, y: 0, pxPerM: 8 }), () => SIZE)
    const clickAt = (x: number, y: number): void => tools.current().click(tools.sample(...toPixels({ x: 10, y: 0, pxPerM: 8 }, SIZE, x, y), NO_KEYS), 1)
    const drawn = (): readonly Vec3[] => {
      sessionStore.setState({ interaction: NOTHING_DRAWN })
      clickAt(-20, -5)
      clickAt(40, -5)
      return drawnRoute(sessionStore.getState().interaction as typeof NOTHING_DRAWN)
    }
    const { template } = sessionStore.getState()
    const [first, bend, last, ...more] = drawn()
    expect(more).toEqual([])
    expect(bend![0]).toBeCloseTo(10, 0)
    // The straight line between the clicks would lie out of the ground here.
    expect(bend![2]).toBeGreaterThan(first![2] - 0.2)
    expect(bend![2]).toBeLessThan(first![2] + 0.2)
    expect(last![2]).toBeCloseTo(first![2] + 6, 4)
    sessionStore.setState({ template: { ...template, kind: 'sewer_foul' } })
    expect(drawn().length).toBe(2)
  })

  it('leave a press to the map where handles would lie on each other', () => {
    const { tools, sampleAt, moveTo } = stage()
    const proposal = { id: 'p1', name: '', kind: 'gas' as const, owner: '', section: { shape: 'circle' as const, diameterM: 0.3 }, axis: [[1005, 1005, -2], [1015, 1009, -2]] as const }
    const document = { proposals: { p1: proposal }, excavations: {}, removals: {} }
    scenarioStore.setState({ activeId: 's', order: ['s'], byId: { s: { document } } } as never)
    sessionStore.setState({ selection: { type: 'proposal', id: 'p1', vertex: null } })
    expect(tools.press(sampleAt(5, 5))).toBe(true)
    tools.current().abandon()
    expect(tools.press(sampleAt(5, 15))).toBe(false)
    moveTo({ x: 10, y: 0, pxPerM: HANDLES_PX_PER_M / 2 })
    expect(tools.press(sampleAt(5, 5))).toBe(false)
  })
})
