import type { Random } from '#shared/core/random.ts'
import type { AssetKind, Laying, PressureClass } from '#shared/twin/kinds.ts'

/** What lays lines down, one after the other. */
interface Pen {
  readonly isFull: boolean
  begin(lane: Lane, scale?: number): void
  at(x: number, y: number, z: number): void
  to(plan: StreetPlan, way: 'u' | 'v', along: number, across: number, depthM: number): void
  end(): void
}

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

const lane = (kind: AssetKind, offsetM: number, depthM: number, diameterM: number, share: number, lateralShare: number, slotM: number, rest: Partial<Lane> = {}): Lane =>
  ({ kind, offsetM, depthM, diameterM, share, lateralShare, slotM, laying: 'direct', depthSlipM: 0.012, ...rest })

export const LANES: readonly Lane[] = [
  lane('power', -8.5, 0.75, 0.2, 0.9, 0.9, 0, { laying: 'duct', voltageKv: 10 }),
  lane('gas', -6.5, 1.67, 0.2, 0.8, 0.7, 2.25, { pressureClass: 'medium_b' }),
  lane('sewer_storm', -4, 3.7, 0.8, 0.85, 0.6, 4.5),
  lane('sewer_foul', -1.8, 4.7, 0.5, 0.9, 0.8, 6.75),
  lane('heat', 0.7, 2.83, 0.5, 0.4, 0.5, 9),
  lane('water', 3.1, 2.17, 0.3, 0.95, 0.9, 11.25),
  lane('telecom', 7, 1.24, 0.15, 0.85, 0.5, 13.5, { laying: 'duct' }),
  lane('telecom', 8.1, 1.24, 0.15, 0.1, 0, 13.5, { laying: 'duct' }),
  lane('power', 10.7, 0.75, 0.2, 0.15, 0, 15.75, { laying: 'duct', voltageKv: 0.4 }),
]
const DEEP_MAIN: Lane = lane('water', 0, 9, 2, 1, 0, 0)
const METRO: Lane = lane('tunnel', 0, 17, 6, 1, 0, 0, { laying: 'tunnel' })

/** Between crossings, by the direction of the street. */
export const BLOCK_M = { u: 126, v: 90 } as const
/** Distance of possible laterals of one lane. */
export const SLOT_PERIOD_M = 18
const SEGMENTS_PER_BLOCK = 225
const TURN_RAD = 0.4
/** Share of the lines that somebody laid where there was room, not where they belong. */
const STRAY_SHARE = 0.03

/** The streets of the city: (u, v) along and across them, turned against the local frame's axes. */
export interface StreetPlan {
  readonly columns: number
  readonly rows: number
  /** [minX, minY, maxX, maxY], local frame. */
  readonly extent: readonly [number, number, number, number]
  hasLane(way: 'u' | 'v', street: number, lane: Lane): boolean
  /** Distance of a lane of a street from the frame's zero, across the street. */
  offset(way: 'u' | 'v', street: number, lane: Lane): number
  /** Where along a street the lane of the street across meets it. */
  crossing(way: 'u' | 'v', street: number, across: number, lane: Lane): number
  middle(way: 'u' | 'v', street: number): number
  place(u: number, v: number): readonly [number, number]
  ground(x: number, y: number): number
}

export function streetPlan(segments: number, random: Random): StreetPlan {
  const columns = Math.max(2, Math.ceil(Math.sqrt((segments * 1.1 * BLOCK_M.v) / (SEGMENTS_PER_BLOCK * BLOCK_M.u))))
  const rows = Math.max(2, Math.ceil((segments * 1.1) / SEGMENTS_PER_BLOCK / columns))
  const count = LANES.length
  const strays = { u: slips(rows + 1, count, random), v: slips(columns + 1, count, random) }
  const present = { u: chances(rows + 1, random), v: chances(columns + 1, random) }
  const [turnX, turnY] = [Math.cos(TURN_RAD), Math.sin(TURN_RAD)]
  const place = (u: number, v: number): readonly [number, number] => [u * turnX - v * turnY, u * turnY + v * turnX]
  const across = { u: BLOCK_M.v, v: BLOCK_M.u }
  const middles = { u: middlesOf(rows + 1, across.u, random), v: middlesOf(columns + 1, across.v, random) }
  const offset = (way: 'u' | 'v', street: number, of: Lane): number => middles[way][street]! + of.offsetM + strays[way][street * count + LANES.indexOf(of)]!
  const [length, width] = [columns * BLOCK_M.u, rows * BLOCK_M.v]
  return {
    columns, rows, offset, place,
    extent: [-width * turnY - 60, -60, length * turnX + 60, length * turnY + width * turnX + 60],
    hasLane: (way, street, of) => present[way][street * count + LANES.indexOf(of)]! < of.share,
    crossing: (way, _, acrossStreet, of) => offset(way === 'u' ? 'v' : 'u', acrossStreet, of),
    middle: (way, street) => middles[way][street]!,
    ground: (x, y) => 240 + 8 * Math.sin(x / 410 + 1) + 5 * Math.sin(y / 280) + 2 * Math.sin((x + y) / 130),
  }
}

const middlesOf = (streets: number, distanceM: number, random: Random): Float64Array => Float64Array.from({ length: streets }, (_, i) => i * distanceM + random.range(-8, 8))

const slips = (streets: number, lanes: number, random: Random): Float64Array =>
  Float64Array.from({ length: streets * lanes }, () => 0.03 * random.normal() + (random.chance(STRAY_SHARE) ? random.range(-1, 1) : 0))

const chances = (streets: number, random: Random): Float64Array => Float64Array.from({ length: streets * LANES.length }, () => random.next())

/** Rare large things that trouble naive grids: trunks of long straight parts, and twin metro tunnels. */
export function deepWorks(plan: StreetPlan, random: Random, pen: Pen): void {
  const [length, width] = [plan.columns * BLOCK_M.u, plan.rows * BLOCK_M.v]
  for (let trunk = 0; trunk < (length * width) / 1e6; trunk++) {
    let [u, v] = [random.range(0, length), random.range(0, width)]
    const heading = random.range(0, 2 * Math.PI)
    pen.begin(DEEP_MAIN)
    for (let part = 0; part < 5; part++) {
      pen.to(plan, 'u', u, v, DEEP_MAIN.depthM)
      u += Math.cos(heading) * random.range(80, 400)
      v += Math.sin(heading) * random.range(80, 400)
    }
    pen.end()
  }
  for (const side of [-8, 8]) {
    pen.begin(METRO)
    for (let u = 0; u <= length; u += 60) pen.to(plan, 'u', u, width / 2 + side, METRO.depthM)
    pen.end()
  }
}
