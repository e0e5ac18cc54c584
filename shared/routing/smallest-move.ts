import type { Vec3 } from '../twin/asset.ts'
import { chainagesOf } from './axis.ts'
import { displace, type Move, type Stretch } from './displace.ts'
import type { ShortRow, Trial } from './trial.ts'

export const FIX_KINDS = ['raise', 'dip', 'shift', 'detour'] as const
export type FixKind = (typeof FIX_KINDS)[number]

/** How far a line may be moved, metres. */
export interface FixBounds {
  readonly levelM: number
  readonly planM: number
}

export const DEFAULT_FIX_BOUNDS: FixBounds = { levelM: 4, planM: 6 }

/** One stretch of a line where limits are broken. Plan chainages. */
export interface BrokenStretch {
  readonly from: number
  readonly to: number
  readonly rows: readonly ShortRow[]
}

export interface SmallestMoveRequest {
  readonly axis: readonly Vec3[]
  readonly stretch: BrokenStretch
  /** Limits broken elsewhere on the line, which this move may leave as they are. */
  readonly elsewhere: readonly ShortRow[]
  /** Chainages where the line is joined to others: they stay where they are. */
  readonly pins: readonly number[]
  readonly trial: Trial
  /** Slope, buildings, ground: what an axis must hold to beside clearances; the name of what it breaks, or null. */
  refuses(axis: readonly Vec3[]): string | null
  readonly bounds: FixBounds
}

export interface FoundMove {
  readonly kind: FixKind
  readonly displacementM: number
  readonly axis: readonly Vec3[]
}

/** Why one way is closed: what stood in it at the last try. */
export interface ClosedWay {
  readonly kind: FixKind
  readonly row: ShortRow | null
  /** Another reason than a limit: `slope`, `building`, `ground`, `joined`, `bend`. */
  readonly reason: string | null
}

/** Ways to move: up, down, left, right, then the directions between, every 15°. */
const MOVES: readonly { readonly kind: FixKind; readonly move: Move }[] = [
  { kind: 'raise', move: { left: 0, up: 1 } }, { kind: 'dip', move: { left: 0, up: -1 } },
  { kind: 'shift', move: { left: 1, up: 0 } }, { kind: 'shift', move: { left: -1, up: 0 } },
  ...Array.from({ length: 24 }, (_, i) => i).filter(i => i % 6 !== 0).map(i => ({
    kind: 'detour' as const, move: { left: Math.cos((i * Math.PI) / 12), up: Math.sin((i * Math.PI) / 12) },
  })),
]

/** Found and beaten displacements are told apart beyond this, and searched down to it. */
const FINE_M = 1e-4
/** Where no gap tells how far is surely too little. */
const STEP_M = 0.05

/**
 * The least move of a stretch that clears every rule there and breaks none elsewhere, each tried on the clearance engine.
 * A gap grows no faster than the line moves, so the shortfall left says how much further the next try must be.
 */
export function smallestMove(request: SmallestMoveRequest): { readonly found: FoundMove } | { readonly closed: readonly ClosedWay[] } {
  let best: FoundMove | null = null
  const closed = new Map<FixKind, ClosedWay>()
  for (const { kind, move } of waysOf(request)) {
    for (const transition of TRANSITIONS) {
      for (const marginM of [0, 1.5]) {
        const outcome = searchAlong(request, kind, move, transition, marginM, best?.displacementM ?? Infinity)
        if ('axis' in outcome) best = outcome
        else if (!closed.has(kind)) closed.set(kind, outcome)
      }
    }
  }
  return best ? { found: best } : { closed: [...closed.values()] }
}

/** The ways to move, with that straight away from what is nearest: where distances rule it is the shortest. */
function waysOf({ axis, stretch }: SmallestMoveRequest): typeof MOVES {
  const worst = stretch.rows.filter(({ other }) => other !== null).sort((a, b) => b.shortfall - a.shortfall)[0]
  if (!worst) return MOVES
  const { route, other } = worst.at
  const [a, b] = partAt(axis, worst.chainageM)
  const length = Math.hypot(b[0] - a[0], b[1] - a[1])
  if (length === 0) return MOVES
  const left = (-(b[1] - a[1]) * (route[0] - other[0]) + (b[0] - a[0]) * (route[1] - other[1])) / length
  const up = route[2] - other[2]
  const size = Math.hypot(left, up)
  return size < 1e-6 || Math.abs(left) < 1e-3 * size || Math.abs(up) < 1e-3 * size ? MOVES : [...MOVES, { kind: 'detour', move: { left: left / size, up: up / size } }]
}

function partAt(axis: readonly Vec3[], chainage: number): readonly [Vec3, Vec3] {
  const chainages = chainagesOf(axis)
  let i = 1
  while (i < axis.length - 1 && chainages[i]! < chainage) i++
  return [axis[i - 1]!, axis[i]!]
}

/** How the moved stretch meets the rest: a ramp of so much length per metre of move and at least so much, or all the way to the end or joint. */
type Ramp = { readonly perMove: number; readonly leastM: number } | 'end'
const GENTLE: Ramp = { perMove: 4, leastM: 1 }
const STEEP: Ramp = { perMove: 1.5, leastM: 0.3 }
const TRANSITIONS: readonly (readonly [Ramp, Ramp])[] = [[GENTLE, GENTLE], [STEEP, STEEP], ['end', 'end'], ['end', GENTLE], [GENTLE, 'end']]

function searchAlong(request: SmallestMoveRequest, kind: FixKind, way: Move, [before, after]: readonly [Ramp, Ramp], marginM: number, beat: number): FoundMove | ClosedWay {
  const { axis, stretch, pins, bounds } = request
  const length = chainagesOf(axis).at(-1)!
  const most = Math.min(Math.abs(way.up) > 0 ? bounds.levelM / Math.abs(way.up) : Infinity, Math.abs(way.left) > 0 ? bounds.planM / Math.abs(way.left) : Infinity)
  const limit = [Math.max(-Infinity, ...pins.filter(pin => pin <= stretch.from + 1e-6)), Math.min(Infinity, ...pins.filter(pin => pin >= stretch.to - 1e-6))] as const
  if (pins.some(pin => pin > stretch.from + 1e-6 && pin < stretch.to - 1e-6)) return { kind, row: null, reason: 'joined' }
  const tryMove = (by: number): FoundMove | ClosedWay & { readonly rows: readonly ShortRow[] } => {
    const placed = stretchFor(stretch, limit, length, by, before, after, marginM)
    if (!placed) return { kind, row: null, reason: 'joined', rows: [] }
    const moved = displace(axis, placed, { left: way.left * by, up: way.up * by })
    if (!moved) return { kind, row: null, reason: 'bend', rows: [] }
    const reason = request.refuses(moved.axis)
    if (reason !== null) return { kind, row: null, reason, rows: [] }
    const rows = request.trial.shortRows(moved.axis).filter(row => !isLeftAsItWas(row, placed, request.elsewhere))
    return rows.length === 0 ? { kind, ...moved } : { kind, row: worstOf(rows), reason: null, rows }
  }
  let [low, by] = [0, leastMove(stretch.rows, way)]
  let last: ClosedWay = { kind, row: worstOf(stretch.rows), reason: null }
  while (by <= most && by < beat - FINE_M) {
    const tried = tryMove(by)
    if ('axis' in tried) return tightened(tried, low, by, tryMove, beat)
    last = { kind, row: tried.row, reason: tried.reason }
    if (isHopeless(tried.rows, way)) break
    low = by
    by += tried.reason === null ? leastMove(tried.rows, way) : STEP_M
  }
  return last
}

/** Halves the last step until nothing smaller is left to try. */
function tightened(found: FoundMove, low: number, high: number, tryMove: (by: number) => FoundMove | ClosedWay, beat: number): FoundMove | ClosedWay {
  let best = found
  while (high - low > FINE_M) {
    const middle = (low + high) / 2
    const tried = tryMove(middle)
    if ('axis' in tried) {
      best = tried
      high = middle
    } else low = middle
  }
  return best.displacementM < beat - FINE_M / 2 ? best : { kind: found.kind, row: null, reason: 'bend' }
}

/** No smaller further move along this way can clear these rows. */
function leastMove(rows: readonly ShortRow[], { left, up }: Move): number {
  return Math.max(1e-3, ...rows.map(({ rule, shortfall }) => {
    switch (rule) {
      case 'hard': case 'distance': return shortfall
      case 'horizontal': return Math.abs(left) > 0.05 ? shortfall / Math.abs(left) : STEP_M
      case 'vertical': return Math.abs(up) > 0.05 ? shortfall / Math.abs(up) : STEP_M
      case 'stacked': case 'either': case 'cover': case 'cover_max':
        // Aside, these end where the other or the ground does, whatever is short.
        return left === 0 ? shortfall / Math.abs(up) : Math.min(STEP_M, shortfall)
      default: return 1e-3
    }
  }))
}

/** Straight up the cover only shrinks, straight down it only grows. */
const isHopeless = (rows: readonly ShortRow[], { left, up }: Move): boolean =>
  left === 0 && rows.some(({ rule }) => rule === (up > 0 ? 'cover' : 'cover_max'))

function isLeftAsItWas(row: ShortRow, placed: Stretch, elsewhere: readonly ShortRow[]): boolean {
  if (row.chainageM > placed.from - 0.05 && row.chainageM < placed.to + 0.05) return false
  return elsewhere.some(known => known.other === row.other && known.rule === row.rule && row.shortfall <= known.shortfall + 1e-6)
}

const worstOf = (rows: readonly ShortRow[]): ShortRow | null =>
  rows.reduce<ShortRow | null>((worst, row) => (worst === null || row.shortfall > worst.shortfall ? row : worst), null)

/** Shorter transitions are steps, not ramps. */
const LEAST_RAMP_M = 0.05

function stretchFor(
  { from, to }: BrokenStretch, [leftPin, rightPin]: readonly [number, number], length: number, by: number, before: Ramp, after: Ramp, marginM: number,
): Stretch | null {
  const side = (inner: number, pin: number, end: number, direction: -1 | 1, ramp: Ramp): readonly [number, number] | null => {
    const room = (Number.isFinite(pin) ? (pin - inner) : (end - inner)) * direction
    const margin = Math.min(marginM, Number.isFinite(pin) ? room / 2 : room)
    const edge = inner + direction * margin
    const wanted = ramp === 'end' ? Infinity : Math.max(ramp.leastM, ramp.perMove * by)
    if (wanted < room - margin) return [edge, edge + direction * wanted]
    // A free end moves with the stretch; a joint stays, and the ramp takes what room there is.
    if (!Number.isFinite(pin)) return [end, end]
    return room - margin < LEAST_RAMP_M ? null : [edge, pin]
  }
  const left = side(from, leftPin, 0, -1, before)
  const right = side(to, rightPin, length, 1, after)
  return left && right && { outerFrom: left[1], from: left[0], to: right[0], outerTo: right[1] }
}
