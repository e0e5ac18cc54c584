import gb50289 from '#assets/rules/gb50289-2016.json' with { type: 'json' }
import type { ClearanceInput } from '#shared/clearance/prepare.ts'
import { seededRandom, type Random } from '#shared/core/random.ts'
import { rulePackSchema } from '#shared/rules/rule-pack.ts'
import type { GridSurface } from '#shared/twin/ground.ts'
import { deepWorks, LANES, SLOT_PERIOD_M, streetPlan, type StreetPlan } from './bench-streets.ts'
import { ColumnPen, type Lane } from './column-pen.ts'

export const PACK = rulePackSchema.parse(gb50289)

/** A city of straight columns, as the engine takes it. */
export interface BenchCity {
  readonly segments: number
  readonly input: ClearanceInput & { readonly ground: GridSurface }
}

const GROUND_CELL_M = 10
/** Vertices of mains. */
const SPACING_M = 6
/** No laterals nearer to a crossing. */
const FROM_CROSSING_M = 14

/**
 * A seeded city for measuring, in the millions of segments within seconds: streets turned against the axes, with
 * eleven lines each in bands of depth, joined at crossings, laterals on tees, trunks and metro tunnels. Unlike the
 * sample city it is laid carelessly: a few pairs in a hundred fall short, as in a real ledger. Written line by line, as
 * exports are, not in spatial order.
 */
export function benchCity(segments: number, seed: number): BenchCity {
  const random = seededRandom(seed)
  const plan = streetPlan(segments, random)
  const pen = new ColumnPen(segments)
  deepWorks(plan, random, pen)
  for (const lane of LANES) layLane(plan, lane, random, pen)
  if (!pen.isFull) throw new Error(`the city has room for ${pen.segmentCount} segments, not ${segments}`)
  return { segments, input: { assets: pen.columns(LANES), pack: PACK, ground: groundOf(plan), surfaceFeatures: [] } }
}

/** Mains of one lane in every street, from crossing to crossing, then the laterals on them. */
function layLane(plan: StreetPlan, lane: Lane, random: Random, pen: ColumnPen): void {
  for (const way of ['u', 'v'] as const) {
    const [streets, blocks] = way === 'u' ? [plan.rows, plan.columns] : [plan.columns, plan.rows]
    for (let street = 0; street <= streets; street++) {
      if (!plan.hasLane(way, street, lane)) continue
      for (let block = 0; block < blocks && !pen.isFull; block++) layBlock(plan, lane, way, street, block, random, pen)
    }
  }
}

function layBlock(plan: StreetPlan, lane: Lane, way: 'u' | 'v', street: number, block: number, random: Random, pen: ColumnPen): void {
  const slip = random.normal() * lane.depthSlipM
  const across = plan.offset(way, street, lane)
  // Crossings belong to both streets: their points are the same from either, with no chance in them.
  const start = plan.crossing(way, street, block, lane)
  const end = plan.crossing(way, street, block + 1, lane)
  const tees: { along: number; depth: number }[] = []
  pen.begin(lane)
  pen.to(plan, way, start, across, lane.depthM)
  const first = plan.middle(way === 'u' ? 'v' : 'u', block) + FROM_CROSSING_M + lane.slotM
  for (let along = first, i = 0; along < end - FROM_CROSSING_M; along += SPACING_M, i++) {
    const depth = lane.depthM + slip
    pen.to(plan, way, along, across, depth)
    if (i % (SLOT_PERIOD_M / SPACING_M) === 0 && along < end - 2 * FROM_CROSSING_M && random.next() < lane.lateralShare) tees.push({ along, depth })
  }
  pen.to(plan, way, end, across, lane.depthM)
  pen.end()
  for (const { along, depth } of tees) layLateral(plan, lane, way, along, across, plan.middle(way, street), depth, random, pen)
}

/** From a tee on the main to the house on either side: across the street, then on, half of them up. */
function layLateral(plan: StreetPlan, lane: Lane, way: 'u' | 'v', along: number, across: number, middle: number, depth: number, random: Random, pen: ColumnPen): void {
  const side = random.next() < 0.5 ? -1 : 1
  const kerb = middle + side * random.range(10, 12)
  const turned = along + random.range(-0.2, 0.2)
  pen.begin(lane, 0.6)
  pen.to(plan, way, along, across, depth)
  pen.to(plan, way, along, kerb, depth)
  pen.to(plan, way, turned, kerb + side * random.range(3, 6), depth - 0.15)
  if (depth > 1.5 && random.next() < 0.5) pen.rise(0.4)
  pen.end()
}

function groundOf(plan: StreetPlan): GridSurface {
  const [minX, minY, maxX, maxY] = plan.extent
  const [cols, rows] = [Math.ceil((maxX - minX) / GROUND_CELL_M) + 1, Math.ceil((maxY - minY) / GROUND_CELL_M) + 1]
  const z = new Float64Array(cols * rows)
  for (let j = 0; j < rows; j++) for (let i = 0; i < cols; i++) z[j * cols + i] = plan.ground(minX + i * GROUND_CELL_M, minY + j * GROUND_CELL_M)
  return { type: 'grid', name: 'ground', cols, rows, cellSizeM: GROUND_CELL_M, x0: minX, y0: minY, z }
}
