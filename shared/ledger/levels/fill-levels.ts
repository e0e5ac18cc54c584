import { z } from 'zod'
import { groundSampler, type GroundSurface } from '../../twin/ground.ts'
import { assetKind, type AssetColumns } from '../../twin/asset-columns.ts'
import { ASSUMED, type AssetRecord, type NodeRecord, type Vec3 } from '../../twin/asset.ts'
import { GRAVITY_KINDS } from '../../twin/kinds.ts'
import { endPlaces, type EndPlaces } from './end-places.ts'

/** How levels nobody surveyed are filled: between known neighbours, or at one cover below the ground. Never by itself. */
export const levelMethodSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('between') }),
  z.strictObject({ type: z.literal('cover'), coverM: z.number().min(0).max(50) }),
])
export type LevelMethod = z.infer<typeof levelMethodSchema>

/** Why a line stays as it is: its level was surveyed, it has no known neighbour on both sides, or no ground is known over it. */
export const LEFT_REASONS = ['known', 'no_neighbour', 'no_ground'] as const
export type LeftReason = (typeof LEFT_REASONS)[number]

export interface FilledLevels {
  /** Index of an asset → level of its axis at each vertex, project datum. */
  readonly levels: ReadonlyMap<number, readonly number[]>
  readonly left: Readonly<Record<LeftReason, number>>
}

export interface LevelInput {
  readonly columns: AssetColumns
  /** Project CRS. A manhole's floor counts as a sewer's bottom. */
  readonly nodes: readonly NodeRecord[]
  /** Local frame. */
  readonly ground: GroundSurface | null
}

/** Chains of lines without levels longer than this are not lines of one street any more. */
const MOST_LINES = 10_000

/**
 * Levels for those of `assets` whose own are assumed. `between`: along runs of such lines (one kind and owner, end to end),
 * the bottom of sewers and the top of everything else falls evenly, by length in plan, from the known line or manhole at one
 * end to that at the other; what was filled serves its branches. `cover`: the crown lies so far below the ground.
 */
export function fillLevels(input: LevelInput, assets: Iterable<number>, method: LevelMethod): FilledLevels {
  const { columns } = input
  const left: Record<LeftReason, number> = { known: 0, no_neighbour: 0, no_ground: 0 }
  const wanted: number[] = []
  for (const asset of new Set(assets)) {
    if (asset >= columns.count) continue
    if (columns.assumed[asset]! & (ASSUMED.level | ASSUMED.ground)) wanted.push(asset)
    else left.known++
  }
  const levels = method.type === 'cover' ? atCover(input, wanted, method.coverM) : betweenNeighbours(input, new Set(wanted))
  left[method.type === 'cover' ? 'no_ground' : 'no_neighbour'] += wanted.length - levels.size
  return { levels, left }
}

/** An asset with filled levels: still marked as not surveyed, and saying by which method it was filled. */
export function withLevels(asset: AssetRecord, levels: readonly number[], method: LevelMethod): AssetRecord {
  if (levels.length !== asset.axis.length) return asset
  const levelMethod = method.type === 'between' ? 'interpolated' : `cover ${method.coverM} m`
  return {
    ...asset,
    axis: asset.axis.map(([x, y], i): Vec3 => [x, y, levels[i]!]),
    assumed: (asset.assumed | ASSUMED.level) & ~ASSUMED.ground,
    attributes: { ...asset.attributes, levelMethod },
  }
}

function atCover({ columns, ground }: LevelInput, wanted: readonly number[], coverM: number): Map<number, readonly number[]> {
  const levels = new Map<number, readonly number[]>()
  const groundAt = ground && groundSampler(ground)
  if (!groundAt) return levels
  for (const asset of wanted) {
    const axis: number[] = []
    for (let v = columns.vertexStart[asset]!; v < columns.vertexStart[asset + 1]!; v++) {
      const level = groundAt(columns.xyz[3 * v]!, columns.xyz[3 * v + 1]!)
      if (level === null) break
      axis.push(level - coverM - columns.halfHeightM[asset]! + columns.origin[2])
    }
    if (axis.length === columns.vertexStart[asset + 1]! - columns.vertexStart[asset]!) levels.set(asset, axis)
  }
  return levels
}

function betweenNeighbours({ columns, nodes }: LevelInput, wanted: ReadonlySet<number>): Map<number, readonly number[]> {
  const levels = new Map<number, readonly number[]>()
  const places = endPlaces(columns, nodes)
  /** Level of the held side at a place, from surveyed lines and floors, then from what was filled. */
  const known = new Map(places.knownAt)
  const open = new Set(wanted)
  for (let before = -1; open.size !== before;) {
    before = open.size
    for (const asset of [...open]) {
      if (!open.has(asset)) continue
      const chain = chainThrough(places, open, known, asset)
      if (!chain) continue
      const [from, to] = [known.get(chain.start)!, known.get(chain.end)!]
      const lengths = chain.parts.map(({ asset: part }) => planLength(columns, part))
      const total = lengths.reduce((sum, length) => sum + length, 0)
      let walked = 0
      for (const [k, { asset: part, isReversed }] of chain.parts.entries()) {
        levels.set(part, levelsOf(columns, part, isReversed, alongM => (total === 0 ? from : from + ((to - from) * (walked + alongM)) / total)))
        walked += lengths[k]!
        const [first, last] = places.of(part)
        const at = isReversed ? first : last
        if (!known.has(at)) known.set(at, total === 0 ? to : from + ((to - from) * walked) / total)
        open.delete(part)
      }
    }
  }
  return levels
}

interface Chain {
  readonly start: number
  readonly end: number
  readonly parts: readonly { readonly asset: number; readonly isReversed: boolean }[]
}

/** The run of open lines through an asset from one known place to another; null where either end is not known. */
function chainThrough(places: EndPlaces, open: ReadonlySet<number>, known: ReadonlyMap<number, number>, asset: number): Chain | null {
  const [first, last] = places.of(asset)
  const onward = walk(places, open, known, asset, last)
  const back = walk(places, open, known, asset, first)
  if (!onward || !back || onward.end === back.end) return null
  return { start: back.end, end: onward.end, parts: [...back.parts.map(({ asset: part, isReversed }) => ({ asset: part, isReversed: !isReversed })).reverse(), { asset, isReversed: false }, ...onward.parts] }
}

/** Follows open lines from a place as long as just one goes on. */
function walk(places: EndPlaces, open: ReadonlySet<number>, known: ReadonlyMap<number, number>, from: number, at: number): { readonly end: number; readonly parts: { asset: number; isReversed: boolean }[] } | null {
  const parts: { asset: number; isReversed: boolean }[] = []
  const seen = new Set([from])
  let [place, last] = [at, from]
  while (!known.has(place)) {
    const next = places.at(place).filter(asset => asset !== last && open.has(asset) && places.isSameRun(asset, from))
    if (next.length !== 1 || seen.has(next[0]!) || parts.length > MOST_LINES) return null
    last = next[0]!
    seen.add(last)
    const [first, end] = places.of(last)
    parts.push({ asset: last, isReversed: first !== place })
    place = first === place ? end : first
  }
  return { end: place, parts }
}

/** Axis levels of an asset whose held side lies at `heldAt` metres (in plan) from the end the chain enters it by. */
function levelsOf(columns: AssetColumns, asset: number, isReversed: boolean, heldAt: (alongM: number) => number): number[] {
  const { xyz, vertexStart, halfHeightM } = columns
  const toAxisM = GRAVITY_KINDS.has(assetKind(columns, asset)) ? halfHeightM[asset]! : -halfHeightM[asset]!
  const length = planLength(columns, asset)
  let alongM = 0
  return Array.from({ length: vertexStart[asset + 1]! - vertexStart[asset]! }, (_, i) => {
    const v = vertexStart[asset]! + i
    if (i > 0) alongM += Math.hypot(xyz[3 * v]! - xyz[3 * v - 3]!, xyz[3 * v + 1]! - xyz[3 * v - 2]!)
    return heldAt(isReversed ? length - alongM : alongM) + toAxisM
  })
}

function planLength({ xyz, vertexStart }: AssetColumns, asset: number): number {
  let length = 0
  for (let v = vertexStart[asset]! + 1; v < vertexStart[asset + 1]!; v++) length += Math.hypot(xyz[3 * v]! - xyz[3 * v - 3]!, xyz[3 * v + 1]! - xyz[3 * v - 2]!)
  return length
}
