import { chainagesOf } from '../../geometry/section-line.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { displace, type Displacement, type Move, type Stretch } from './displace.ts'
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
  /** Limits broken within the stretch that a later move is to clear: this one must not make them worse. */
  readonly later?: readonly ShortRow[]
  /** Chainages where the line is joined to others: they stay where they are. */
  readonly pins: readonly number[]
  readonly trial: Trial
  /** Slope, buildings, ground: what an axis must hold to beside clearances; the name of what it breaks, or null. */
  refuses(axis: readonly Vec3[], base: readonly Vec3[]): string | null
  readonly bounds: FixBounds
  /** Least radius of the line's bends; undefined where any will do. */
  readonly radiusM: number | undefined
  /** Beyond this gap in level no plan distance is asked; Infinity where it always is. */
  readonly levelCutM: number
  /** Counts the tries of a line, over all its stretches. */
  readonly effort: Effort
  /** Only moves smaller than this are of use; Infinity where any is. */
  readonly beatM: number
}

/** Tries made so far. */
export interface Effort {
  tries: number
}

/** About two seconds of the engine. A line that has taken more is content with the first way between the four straight ones, and with no finer direction. */
const MOST_TRIES = 2500

/** For a second look at a line. */
export const halfSpent = (): Effort => ({ tries: MOST_TRIES / 2 })

const isSpent = ({ tries }: Effort): boolean => tries > MOST_TRIES
export const isFarSpent = ({ tries }: Effort): boolean => tries > MOST_TRIES

export interface FoundMove extends Displacement {
  readonly kind: FixKind
  readonly axis: readonly Vec3[]
}

/** Why one way is closed: what stood in it at the last try. */
export interface ClosedWay {
  readonly kind: FixKind
  readonly row: ShortRow | null
  /** Another reason than a limit: `slope`, `building`, `ground`, `joined`, `bend`. */
  readonly reason: string | null
}

/** Ways to move: up, down, left, right, then the directions between, every 6°: what is far off is dismissed by its first figures. */
const MOVES: readonly { readonly kind: FixKind; readonly move: Move }[] = [
  { kind: 'raise', move: { left: 0, up: 1 } }, { kind: 'dip', move: { left: 0, up: -1 } },
  { kind: 'shift', move: { left: 1, up: 0 } }, { kind: 'shift', move: { left: -1, up: 0 } },
  // The wide round first: what it finds spares the rest the way out to there.
  ...Array.from({ length: 60 }, (_, i) => i).filter(i => i % 15 !== 0).sort((a, b) => Number(a % 5 !== 0) - Number(b % 5 !== 0) || a - b).map(i => ({
    kind: 'detour' as const, move: { left: Math.cos((i * Math.PI) / 30), up: Math.sin((i * Math.PI) / 30) },
  })),
]

/** Found and beaten displacements are told apart beyond this, and searched down to it. */
const FINE_M = 1e-4
/** Where no gap tells how far is surely too little. */
const STEP_M = 0.05
/** Of moves that are large already, a share of them: what lies between is searched once one is clear. */
const STEP_SHARE = 0.03

/**
 * The least move of a stretch that clears every rule there and breaks none elsewhere, each tried on the clearance engine.
 * A gap grows no faster than the line moves, so the shortfall left says how much further the next try must be.
 */
export function smallestMove(request: SmallestMoveRequest): { readonly found: FoundMove } | { readonly closed: readonly ClosedWay[] } {
  let best: { readonly found: FoundMove; readonly move: Move; readonly transition: Transition; readonly marginM: number } | null = null
  const closed = new Map<FixKind, ClosedWay>()
  const attempt = (kind: FixKind, move: Move, transition: Transition, marginM: number, tooShort: TooShort = []): void => {
    const outcome = searchAlong(request, kind, move, transition, marginM, tooShort, best?.found.displacementM ?? request.beatM)
    if ('axis' in outcome) best = { found: outcome, move, transition, marginM }
    else if (!closed.has(kind)) closed.set(kind, outcome)
  }
  const used = (): typeof best => best
  for (const { kind, move } of waysOf(request)) {
    const isDetour = kind === 'detour'
    if (isDetour && isSpent(request.effort) && used()) break
    const tooShort: TooShort = []
    const before = used()
    for (const transition of request.radiusM !== undefined ? BENT_TRANSITIONS : isDetour ? TRANSITIONS.slice(0, 3) : TRANSITIONS) for (const marginM of isDetour ? [0] : [0, 1.5]) {
      if (!isSpent(request.effort) || used() === before) attempt(kind, move, transition, marginM, tooShort)
    }
  }
  // Between the directions tried a shorter one may lie: where two limits bind, it is no round angle.
  for (let turn = FIRST_TURN; turn > LAST_TURN; turn /= 2) {
    const around = used()
    if (!around || isSpent(request.effort)) break
    for (const by of [turn, -turn]) attempt('detour', turned(around.move, by), around.transition, around.marginM)
  }
  const last = used()
  return last ? { found: last.found } : { closed: [...closed.values()] }
}

const FIRST_TURN = Math.PI / 60
const LAST_TURN = Math.PI / 3000

const turned = ({ left, up }: Move, by: number): Move => ({ left: left * Math.cos(by) - up * Math.sin(by), up: left * Math.sin(by) + up * Math.cos(by) })

/** The ways to move, with those that the rows themselves suggest: straight away from what is nearest, and what each rule lacks in its own direction. */
function waysOf({ axis, stretch }: SmallestMoveRequest): typeof MOVES {
  const suggested: Move[] = []
  const worst = stretch.rows.filter(({ other }) => other !== null).sort((a, b) => b.shortfall - a.shortfall)[0]
  if (worst) {
    const { route, other } = worst.at
    const [a, b] = partAt(axis, worst.chainageM)
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    if (length > 0) suggested.push({ left: (-(b[1] - a[1]) * (route[0] - other[0]) + (b[0] - a[0]) * (route[1] - other[1])) / length, up: route[2] - other[2] })
  }
  const lacking = (rules: ReadonlySet<string>): number => Math.max(0, ...stretch.rows.filter(({ rule }) => rules.has(rule)).map(({ shortfall }) => shortfall))
  const [aside, upright] = [lacking(SIDE_RULES), lacking(LEVEL_RULES)]
  for (const left of [aside, -aside]) for (const up of [upright, -upright]) suggested.push({ left, up })
  return [...MOVES.filter(({ kind }) => kind !== 'detour'), ...suggested.flatMap(({ left, up }) => {
    const size = Math.hypot(left, up)
    return size < 1e-6 || Math.abs(left) < 1e-3 * size || Math.abs(up) < 1e-3 * size ? [] : [{ kind: 'detour' as const, move: { left: left / size, up: up / size } }]
  }), ...MOVES.filter(({ kind }) => kind === 'detour')]
}

/** Measured in plan. */
export const SIDE_RULES: ReadonlySet<string> = new Set(['horizontal', 'surroundings'])
const LEVEL_RULES: ReadonlySet<string> = new Set(['vertical', 'stacked', 'either', 'cover', 'cover_max'])

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
type Transition = readonly [Ramp, Ramp]
const TRANSITIONS: readonly Transition[] = [[GENTLE, GENTLE], [STEEP, STEEP], ['end', 'end'], ['end', GENTLE], [GENTLE, 'end']]
/** Of a line that bends only so much the ramps are longer: a bend's tangents take half of them. */
const BENT_TRANSITIONS: readonly Transition[] = [[GENTLE, GENTLE], ...[6, 12, 24].map((leastM): Transition => [{ perMove: 8, leastM }, { perMove: 8, leastM }]), ['end', 'end'], ['end', GENTLE], [GENTLE, 'end']]

/**
 * Distances along one way that are too short, whatever the transitions: what is broken lies in the stretch itself, which all
 * of them move alike. `to` itself is not.
 */
type TooShort = { readonly from: number; readonly to: number }[]

function searchAlong(request: SmallestMoveRequest, kind: FixKind, way: Move, [before, after]: Transition, marginM: number, tooShort: TooShort, beat: number): FoundMove | ClosedWay {
  const { axis, stretch, pins, bounds } = request
  const length = chainagesOf(axis).at(-1)!
  const most = Math.min(Math.abs(way.up) > 0 ? bounds.levelM / Math.abs(way.up) : Infinity, Math.abs(way.left) > 0 ? bounds.planM / Math.abs(way.left) : Infinity)
  const limit = [Math.max(-Infinity, ...pins.filter(pin => pin <= stretch.from + 1e-6)), Math.min(Infinity, ...pins.filter(pin => pin >= stretch.to - 1e-6))] as const
  if (pins.some(pin => pin > stretch.from + 1e-6 && pin < stretch.to - 1e-6)) return { kind, row: null, reason: 'joined' }
  const tryMove = (by: number): FoundMove | ClosedWay & { readonly rows: readonly ShortRow[] } => {
    request.effort.tries++
    const placed = stretchFor(stretch, limit, length, by, before, after, marginM)
    if (!placed) return { kind, row: null, reason: 'joined', rows: [] }
    const moved = displace(axis, placed, { left: way.left * by, up: way.up * by })
    if (!moved) return { kind, row: null, reason: 'bend', rows: [] }
    const reason = request.refuses(moved.axis, axis)
    if (reason !== null) return { kind, row: null, reason, rows: [] }
    const isNew = (row: ShortRow): boolean => !isLeftAsItWas(row, placed, request.elsewhere) && !isLeftForLater(row, request.later ?? [])
    // Near the move first: most tries fail there. The rest of the line depends on it only through crossings' zones.
    const near = request.trial.shortRows(moved.axis, { from: placed.outerFrom - NEAR_M, to: placed.outerTo + NEAR_M }).filter(isNew)
    const far = near.length > 0 ? near : request.trial.shortRows(moved.axis).filter(isNew)
    const rows = far.length > 0 ? far : request.trial.aroundRows(moved.axis, { from: placed.outerFrom - NEAR_M, to: placed.outerTo + NEAR_M }).filter(isNew)
    if (rows.length === 0) return { kind, ...moved }
    const shiftM = longerBy(placed, way.left * by)
    const inStretch = rows.filter(({ chainageM }) => chainageM - shiftM >= stretch.from && chainageM - shiftM <= stretch.to)
    if (inStretch.length > 0) tooShort.push({ from: by, to: by + leastMove(inStretch, way, request.levelCutM) })
    return { kind, row: worstOf(rows), reason: null, rows }
  }
  let [low, by] = [0, leastMove(stretch.rows, way, request.levelCutM)]
  let last: ClosedWay = { kind, row: worstOf(stretch.rows), reason: null }
  while (by <= most && by < beat - FINE_M) {
    const known = tooShort.find(({ from, to }) => by >= from && by < to)
    if (known) {
      low = by
      by = known.to
      continue
    }
    const tried = tryMove(by)
    if ('axis' in tried) return tightened(tried, low, by, tryMove, beat)
    last = { kind, row: tried.row, reason: tried.reason }
    if (isHopeless(tried.rows, way)) break
    low = by
    by += Math.max(STEP_SHARE * by, tried.reason === null ? leastMove(tried.rows, way, request.levelCutM) : STEP_M)
  }
  return last
}

/** By how much chainages behind a transition are longer for its running aside. */
function longerBy({ outerFrom, from }: Stretch, leftM: number): number {
  const ramp = from - outerFrom
  return ramp > 0 ? Math.hypot(ramp, leftM) - ramp : 0
}

/** Asked about before and behind a move, metres. */
const NEAR_M = 2

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
function leastMove(rows: readonly ShortRow[], way: Move, levelCutM: number): number {
  return Math.max(1e-3, ...rows.map(row => {
    switch (row.rule) {
      case 'hard': case 'distance': case 'structure': case 'structure_hard': return row.shortfall
      case 'surroundings': return row.shortfall / Math.abs(way.left)
      case 'horizontal': return Math.max(1e-3, Math.min(row.shortfall / Math.abs(way.left), (levelCutM - Math.abs(row.at.route[2] - row.at.other[2])) / Math.abs(way.up)) || STEP_M)
      case 'vertical': return Math.abs(way.up) > 0.05 ? passing(row, way) / Math.abs(way.up) : STEP_M
      case 'cover': case 'cover_max': return way.left === 0 ? row.shortfall / Math.abs(way.up) : Math.min(STEP_M, row.shortfall)
      // Aside, these end where the other does, whatever is short.
      case 'stacked': case 'either': return way.left === 0 ? passing(row, way) / Math.abs(way.up) : Math.min(STEP_M, row.shortfall)
      default: return 1e-3
    }
  }))
}

/** Rise needed: away from the other what is short; past it, where another limit may hold, until the outsides no longer overlap. */
function passing({ at, found, shortfall }: ShortRow, { up }: Move): number {
  const above = at.route[2] - at.other[2]
  return above * up < 0 || above === 0 ? Math.min(shortfall, 2 * Math.abs(above) - found) : shortfall
}
/** Straight up the cover only shrinks, straight down it only grows. */
const isHopeless = (rows: readonly ShortRow[], { left, up }: Move): boolean =>
  left === 0 && rows.some(({ rule }) => rule === (up > 0 ? 'cover' : 'cover_max'))

function isLeftAsItWas(row: ShortRow, placed: Stretch, elsewhere: readonly ShortRow[]): boolean {
  if (row.chainageM > placed.from - 0.05 && row.chainageM < placed.to + 0.05) return false
  return elsewhere.some(known => known.other === row.other && known.rule === row.rule && row.shortfall <= known.shortfall + 1e-6)
}

/** By a millimetre a limit may seem worse where the line passes the other at another place. */
const isLeftForLater = (row: ShortRow, later: readonly ShortRow[]): boolean => later.some(known => known.other === row.other && known.rule === row.rule && row.shortfall <= known.shortfall + 1e-3)

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
