import { describe, expect, it } from 'vitest'
import { drawnRoute, drawStep, firstSegmentOfLeg, type DrawEvent, type Drawing } from '#renderer/tools/draw-pipeline/draw-steps.ts'
import { newProposal } from '#renderer/tools/draw-pipeline/new-proposal.ts'
import { proposalSchema } from '#shared/scenario/command-schema.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { vertexLevel } from '#renderer/tools/vertex-level.ts'

const START: Drawing = { type: 'drawing', vertices: [], between: [], cursor: null }
const after = (...events: DrawEvent[]): Drawing => events.reduce((drawing, event) => drawStep(drawing, event).next, START)
const placed = (x: number): DrawEvent => ({ type: 'placed', at: [x, 0, -1] })

describe('drawing a pipeline', () => {
  it('strings clicked points together and follows the cursor', () => {
    const drawing = after(placed(0), placed(10), { type: 'moved', to: [14, 3, -1] })
    expect(drawnRoute(drawing)).toEqual([[0, 0, -1], [10, 0, -1], [14, 3, -1]])
    expect(drawnRoute(after(placed(0), { type: 'moved', to: [5, 0, -1] }, { type: 'left' }))).toEqual([[0, 0, -1]])
  })

  it('takes the second press of a double click for the same point', () => {
    expect(after(placed(0), placed(10), placed(10.01)).vertices.length).toBe(2)
  })

  it('takes back the last point, and nothing where there is none', () => {
    expect(after(placed(0), placed(10), { type: 'tookBack' }).vertices).toEqual([[0, 0, -1]])
    expect(after({ type: 'tookBack' }).vertices).toEqual([])
  })

  it('finishes with a route of at least two points, without the rubber band', () => {
    const step = drawStep(after(placed(0), placed(10), { type: 'moved', to: [20, 0, -1] }), { type: 'finished' })
    expect(step.route).toEqual([[0, 0, -1], [10, 0, -1]])
    expect(step.next).toEqual(START)
  })

  it('keeps what was drawn where finishing comes too early', () => {
    const step = drawStep(after(placed(0)), { type: 'finished' })
    expect(step).toMatchObject({ route: null, isTooShort: true })
    expect(step.next.vertices.length).toBe(1)
  })
})

describe('what the line runs through between the points', () => {
  const mid = (x: number): readonly Vec3[] => [[x, 0, -2], [x + 1, 0, -2]]
  const legs = (): Drawing => after(placed(0), { type: 'moved', to: [9, 0, -1], through: mid(4) }, { type: 'placed', at: [10, 0, -1], through: mid(5) }, { type: 'moved', to: [20, 0, -1], through: mid(15) })

  it('is part of the picture and, once its end is placed, of the route', () => {
    expect(drawnRoute(legs()).map(([x]) => x)).toEqual([0, 5, 6, 10, 15, 16, 20])
    expect(firstSegmentOfLeg(legs())).toBe(3)
    expect(drawStep(legs(), { type: 'finished' }).route!.map(([x]) => x)).toEqual([0, 5, 6, 10])
    expect(firstSegmentOfLeg(after(placed(0), { type: 'placed', at: [10, 0, -1], through: mid(5) }))).toBe(0)
  })

  it('goes with the point that is taken back', () => {
    const once = drawStep(legs(), { type: 'tookBack' }).next
    expect(drawnRoute({ ...once, cursor: null })).toEqual([[0, 0, -1]])
    expect(drawnRoute(drawStep(once, { type: 'moved', to: [7, 0, -1], through: [] }).next)).toEqual([[0, 0, -1], [7, 0, -1]])
  })
})

describe('a new proposal', () => {
  const { template } = sessionStore.getInitialState()

  it('is what the scenario accepts, with a free id and its name', () => {
    const proposal = newProposal({ ...template, kind: 'gas', pressureClass: 'low', voltageKv: null }, [[0, 0, 1], [5, 0, 1]], new Set(['proposal-1', 'proposal-3']), serial => `Gas ${serial}`)
    expect(proposalSchema.parse(proposal)).toMatchObject({ id: 'proposal-2', name: 'Gas 2', kind: 'gas', pressureClass: 'low' })
    expect('voltageKv' in proposal).toBe(false)
  })
})

describe('the level of a drawn vertex', () => {
  const section = { shape: 'circle', diameterM: 0.4 } as const

  it('is cover and half the outer height below the ground', () => {
    expect(vertexLevel({ vertical: { mode: 'cover', coverM: 1 }, section }, [0, 0], 100, 0, null)).toBeCloseTo(98.8, 12)
    expect(vertexLevel({ vertical: { mode: 'cover', coverM: 1 }, section: { shape: 'rectangle', widthM: 2, heightM: 0.6 } }, [0, 0], 100, 0, null)).toBeCloseTo(98.7, 12)
  })

  it('is the axis level given, from the project datum to the local frame', () => {
    expect(vertexLevel({ vertical: { mode: 'level', levelM: 212.5 }, section }, [0, 0], 100, 200, null)).toBeCloseTo(12.5, 12)
  })
})
