import { packStrings } from '#shared/core/packed-strings.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { ASSET_KINDS, ASSET_STATUSES, LAYINGS, PRESSURE_CLASSES, type AssetKind, type Laying, type PressureClass } from '#shared/twin/kinds.ts'

/** Project CRS of the local frame's zero: coordinates as a city has them. */
const ORIGIN = [362_400, 3_271_800, 0] as const
/** 95 % limits of an as-built survey. */
const PLAN_LIMIT_M = 0.05
const LEVEL_LIMIT_M = 0.03
/** One line that a street may have: where it lies in the street and how deep, metres. */
export interface Lane {
  readonly kind: AssetKind
  readonly laying: Laying
  readonly pressureClass?: PressureClass
  readonly voltageKv?: number
  readonly diameterM: number
  readonly isBox?: boolean
  readonly offsetM: number
  readonly depthM: number
  /** Standard deviation of a block's depth. */
  readonly depthSlipM: number
  /** Share of streets that have it, and of its vertices at a slot that have a lateral. */
  readonly share: number
  readonly lateralShare: number
  /** Where along a street its laterals may lie, so that those of two lanes keep apart. */
  readonly slotM: number
}

/** Where a pen draws: streets (u along, v across) in the local frame, and the ground there. */
interface StreetFrame {
  place(u: number, v: number): readonly [number, number]
  ground(x: number, y: number): number
}

/** As surveyed in the sample city: limits are judged to one. */
const micrometres = (value: number): number => Math.round(value * 1e6) / 1e6

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

  to(plan: StreetFrame, way: 'u' | 'v', along: number, across: number, depthM: number): void {
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

  /** @param lanes Each has an owner; what is none of them has none. */
  columns(lanes: readonly Lane[]): AssetColumns {
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
      owner: Uint16Array.from(column(lane => lanes.indexOf(lane) + 1)), owners: ['', ...lanes.map(lane => `owner of ${lane.kind}`)],
      pressureClass: Uint8Array.from(column(lane => (lane.pressureClass ? 1 + PRESSURE_CLASSES.indexOf(lane.pressureClass) : 0))),
      laying: Uint8Array.from(column(lane => 1 + LAYINGS.indexOf(lane.laying))),
      voltageKv: Float64Array.from(column(lane => lane.voltageKv ?? NaN)),
      status: new Uint8Array(count).fill(ASSET_STATUSES.indexOf('in_use')),
      accuracyPlanM: new Float64Array(count).fill(PLAN_LIMIT_M), accuracyLevelM: new Float64Array(count).fill(LEVEL_LIMIT_M), assumed: new Uint8Array(count),
    }
  }
}
