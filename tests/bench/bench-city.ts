import gb50289 from '#assets/rules/gb50289-2016.json' with { type: 'json' }
import type { ClearanceInput } from '#shared/clearance/prepare.ts'
import { seededRandom, type Random } from '#shared/core/random.ts'
import { packStrings } from '#shared/core/packed-strings.ts'
import { rulePackSchema } from '#shared/rules/rule-pack.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import type { GridSurface } from '#shared/twin/ground.ts'
import { ASSET_KINDS, ASSET_STATUSES, LAYINGS, PRESSURE_CLASSES } from '#shared/twin/kinds.ts'
import { deepWorks, LANES, SLOT_PERIOD_M, streetPlan, type Lane, type StreetPlan } from './bench-streets.ts'

export const PACK = rulePackSchema.parse(gb50289)

/** A city of straight columns, as the engine takes it. */
export interface BenchCity {
  readonly segments: number
  readonly input: ClearanceInput & { readonly ground: GridSurface }
}

/** Project CRS of the local frame's zero: coordinates as a city has them. */
const ORIGIN = [362_400, 3_271_800, 0] as const
/** 95 % limits of an as-built survey. */
const PLAN_LIMIT_M = 0.05
const LEVEL_LIMIT_M = 0.03
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
  return { segments, input: { assets: pen.columns(), pack: PACK, ground: groundOf(plan), surfaceFeatures: [] } }
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

/** Writes assets into columns until there are as many segments as wanted. */
export class ColumnPen {
  isFull = false
  segmentCount = 0
  readonly #wanted: number
  #xyz: Float64Array<ArrayBuffer>
  #vertices = 0
  readonly #start: number[] = [0]
  readonly #lanes: { readonly lane: Lane; readonly scale: number }[] = []

  constructor(segments: number) {
    this.#wanted = segments
    this.#xyz = new Float64Array(6 * segments + 3000)
  }

  begin(lane: Lane, scale = 1): void {
    if (!this.isFull) this.#lanes.push({ lane, scale })
  }

  to(plan: StreetPlan, way: 'u' | 'v', along: number, across: number, depthM: number): void {
    const [x, y] = way === 'u' ? plan.place(along, across) : plan.place(across, along)
    this.at(x, y, plan.ground(x, y) - depthM)
  }

  at(x: number, y: number, z: number): void {
    if (this.isFull) return
    const isNext = this.#vertices > this.#start.at(-1)!
    this.#xyz[3 * this.#vertices] = micrometres(x)
    this.#xyz[3 * this.#vertices + 1] = micrometres(y)
    this.#xyz[3 * this.#vertices + 2] = micrometres(z)
    this.#vertices++
    if (isNext) this.segmentCount++
    if (this.segmentCount === this.#wanted) {
      this.#start.push(this.#vertices)
      this.isFull = true
    }
  }

  rise(byM: number): void {
    const v = this.#vertices - 1
    this.at(this.#xyz[3 * v]!, this.#xyz[3 * v + 1]!, this.#xyz[3 * v + 2]! + byM)
  }

  end(): void {
    if (!this.isFull) this.#start.push(this.#vertices)
  }

  columns(): AssetColumns {
    const count = this.#lanes.length
    const column = (of: (lane: Lane, scale: number) => number) => this.#lanes.map(({ lane, scale }) => of(lane, scale))
    const numbers = new Map<string, number>()
    const ids = this.#lanes.map(({ lane: { kind } }) => {
      const number = (numbers.get(kind) ?? 0) + 1
      numbers.set(kind, number)
      return `${kind}-${number}`
    })
    const half = Float64Array.from(column((lane, scale) => (lane.diameterM * scale) / 2))
    return {
      origin: [...ORIGIN], count, ids: packStrings(ids),
      vertexStart: Uint32Array.from(this.#start), xyz: this.#xyz.slice(0, 3 * this.#vertices),
      kind: Uint8Array.from(column(lane => ASSET_KINDS.indexOf(lane.kind))), shape: Uint8Array.from(column(lane => (lane.isBox ? 1 : 0))),
      halfWidthM: half, halfHeightM: half.slice(),
      owner: Uint16Array.from(column(lane => LANES.indexOf(lane) + 1)), owners: ['', ...LANES.map(lane => `owner of ${lane.kind}`)],
      pressureClass: Uint8Array.from(column(lane => (lane.pressureClass ? 1 + PRESSURE_CLASSES.indexOf(lane.pressureClass) : 0))),
      laying: Uint8Array.from(column(lane => 1 + LAYINGS.indexOf(lane.laying))),
      voltageKv: Float64Array.from(column(lane => lane.voltageKv ?? NaN)),
      status: new Uint8Array(count).fill(ASSET_STATUSES.indexOf('in_use')),
      accuracyPlanM: new Float64Array(count).fill(PLAN_LIMIT_M), accuracyLevelM: new Float64Array(count).fill(LEVEL_LIMIT_M), assumed: new Uint8Array(count),
    }
  }
}

/** As surveyed in the sample city: limits are judged to one. */
const micrometres = (value: number): number => Math.round(value * 1e6) / 1e6

function groundOf(plan: StreetPlan): GridSurface {
  const [minX, minY, maxX, maxY] = plan.extent
  const [cols, rows] = [Math.ceil((maxX - minX) / GROUND_CELL_M) + 1, Math.ceil((maxY - minY) / GROUND_CELL_M) + 1]
  const z = new Float64Array(cols * rows)
  for (let j = 0; j < rows; j++) for (let i = 0; i < cols; i++) z[j * cols + i] = plan.ground(minX + i * GROUND_CELL_M, minY + j * GROUND_CELL_M)
  return { type: 'grid', name: 'ground', cols, rows, cellSizeM: GROUND_CELL_M, x0: minX, y0: minY, z }
}
