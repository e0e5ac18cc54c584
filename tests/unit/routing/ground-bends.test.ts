import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { atItsDepth, bendsOf, relaidCommand, relaidThrough, relaidWithout } from '#shared/routing/lines/ground-bends.ts'
import { evenDepth } from '#shared/routing/lines/line-edits.ts'
import { executeCommand } from '#shared/scenario/execute-command.ts'
import { emptyScenario, type Proposal } from '#shared/scenario/document.ts'
import { scenarioCommandSchema } from '#shared/scenario/command-schema.ts'
import type { Vec3 } from '#shared/twin/asset.ts'

const HILLS = (x: number, y: number): number => 200 + 2 * Math.sin(x / 12) + Math.cos(y / 9)
const laid = (...points: [number, number][]): Proposal => {
  const { axis, groundBends } = evenDepth(points.map(([x, y]): Vec3 => [x, y, 0]), 1.2, HILLS)
  return { id: 'p', name: '', kind: 'water', owner: '', section: { shape: 'circle', diameterM: 0.3 }, axis, groundBends }
}
const own = (proposal: Proposal) => proposal.axis.filter((_, i) => !bendsOf(proposal)![i])
const after = (proposal: Proposal, relaid: ReturnType<typeof relaidThrough>): Proposal => {
  const command = scenarioCommandSchema.parse(relaidCommand(proposal, relaid))
  const done = executeCommand({ ...emptyScenario('s', 's'), proposals: { p: proposal } }, command)
  if (!done.ok) throw new Error(done.error.code)
  return done.value.document.proposals.p!
}

describe('a line laid by cover that is edited', () => {
  it('moved at one of its own vertices is as if it had been drawn through the new place: 60 lines on hills (seed 14)', () => {
    const random = seededRandom(14)
    for (let n = 0; n < 60; n++) {
      const points = Array.from({ length: 5 }, (_, k): [number, number] => [25 * k + random.range(0, 9), random.range(-20, 20)])
      const line = laid(...points)
      expect(line.groundBends!.length).toBeGreaterThan(0)
      const moved = random.int(5)
      const to: [number, number] = [points[moved]![0] + random.range(-6, 6), points[moved]![1] + random.range(-15, 15)]
      const index = line.axis.indexOf(own(line)[moved]!)
      const place = atItsDepth(line.axis[index]!, to, HILLS)
      const relaid = relaidThrough(line.axis, bendsOf(line)!, { index, inserted: false }, place, HILLS)
      expect(relaid.points[relaid.at]).toEqual(place)
      const [got, wanted] = [after(line, relaid), laid(...points.with(moved, to))]
      expect(got.axis.length, `line ${n}`).toBe(wanted.axis.length)
      for (const [i, vertex] of got.axis.entries()) for (const c of [0, 1, 2] as const) expect(vertex[c], `line ${n} vertex ${i}`).toBeCloseTo(wanted.axis[i]![c], 6)
      expect(own(got).length).toBe(5)
      // What lies beyond the neighbours is not touched.
      if (moved < 3) expect(got.axis.slice(-3)).toEqual(line.axis.slice(-3))
    }
  })

  it('taken hold of at a bend makes it its own, and of the other bends between its neighbours none stays behind', () => {
    const line = laid([0, 0], [60, 0])
    const index = bendsOf(line)!.indexOf(true)
    const place = atItsDepth(line.axis[index]!, [30, 8], HILLS)
    const got = after(line, relaidThrough(line.axis, bendsOf(line)!, { index, inserted: false }, place, HILLS))
    expect(own(got)).toEqual([line.axis[0], place, line.axis.at(-1)])
    expect(got.axis.every(([x, y]) => Math.abs(y - (x <= 30 ? (8 * x) / 30 : (8 * (60 - x)) / 30)) < 1e-9)).toBe(true)
  })

  it('has one more of its own where one is put in', () => {
    const line = laid([0, 0], [60, 0])
    const place: Vec3 = [20, -5, HILLS(20, -5) - 1.2]
    const index = line.axis.findIndex(([x]) => x > 20)
    expect(own(after(line, relaidThrough(line.axis, bendsOf(line)!, { index, inserted: true }, place, HILLS)))).toEqual([line.axis[0], place, line.axis.at(-1)])
  })

  it('takes the bends of a leg with a vertex that goes', () => {
    const line = laid([0, 0], [40, 12], [80, 0])
    const index = line.axis.indexOf(own(line)[1]!)
    expect(after(line, relaidWithout(line.axis, bendsOf(line)!, index, HILLS))).toMatchObject({ axis: laid([0, 0], [80, 0]).axis })
    expect(after(line, relaidWithout(line.axis, bendsOf(line)!, 0, HILLS)).axis).toEqual(line.axis.slice(index))
  })

  it('leaves a leg straight that ran straight between two levels given otherwise', () => {
    const line = laid([0, 0], [40, 0], [80, 0], [120, 0])
    const mine = own(line)
    const dipped: Vec3[] = [[40, 0, 190], [80, 0, 190]]
    const first = line.axis.slice(0, line.axis.indexOf(mine[1]!))
    const axis = [...first, ...dipped, ...line.axis.slice(line.axis.indexOf(mine[2]!) + 1)]
    const isBend = bendsOf({ ...line, axis })!
    const relaid = relaidThrough(axis, isBend, { index: first.length, inserted: false }, [40, 6, 190], HILLS)
    expect(relaid.at).toBe(relaid.points.length - 1)
  })

  it('is a line with levels given again where somebody gives them', () => {
    const line = laid([0, 0], [60, 0])
    const document = { ...emptyScenario('s', 's'), proposals: { p: line } }
    const done = executeCommand(document, scenarioCommandSchema.parse({ op: 'proposal.setAxis', id: 'p', axis: [[0, 0, 1], [60, 0, 1]], groundBends: null }))
    expect(done.ok && bendsOf(done.value.document.proposals.p!)).toBeNull()
  })
})
