import type { AssetKind, NodeType } from '../twin/kinds.ts'
import { citedLimit, larger, smaller, type Limit } from './limit-lookup.ts'
import type { RulePack } from './rule-pack.ts'
import type { SiteWord } from './site-words.ts'

/** Least and greatest of one figure. */
export interface Bounds {
  readonly min: Limit | null
  readonly max: Limit | null
}

/** Manning's n and the share of the outer size that is inside, with the velocities asked for. */
export interface VelocityLimits extends Bounds {
  readonly roughness: number
  readonly innerShare: number
}

/** A distance to surface features, and how deep a line may be for it to hold; null at any depth. */
export interface SurroundingsLimit extends Limit {
  readonly maxDepthM: number | null
}

/** Rule 8 as it holds for lines of one signature. Figures are in the unit of their rule (`RULE_UNITS`). */
export interface LineLimits {
  readonly surroundings: ReadonlyMap<SiteWord, SurroundingsLimit>
  /** Clear distance to a structure; null where no cell applies. */
  structure(nodeType: NodeType, nodeKind: AssetKind): Limit | null
  readonly angleTo: ReadonlyMap<SiteWord, Limit>
  readonly slope: Bounds
  readonly rise: Limit | null
  readonly drop: Limit | null
  readonly velocity: VelocityLimits | null
  /** Least bend radius in metres for an outer size. */
  bendRadius(outerM: number): Limit | null
  readonly turn: Limit | null
  /** Rank in the order of levels, from the ground down; null where the pack does not say. */
  readonly levelRank: number | null
}

type Table = 'surroundings' | 'structures' | 'crossingAngle' | 'slope' | 'levelJump' | 'velocity' | 'bend' | 'turn'

const includes = <T>(wanted: T | readonly T[], value: T): boolean => (Array.isArray(wanted) ? wanted.includes(value) : wanted === value)

/** Looks rule 8 up by signature (lists of class indices), as `LimitLookup` does the pairs. */
export class LineLimitLookup {
  readonly #pack: RulePack
  readonly #signatures: readonly (readonly number[])[]
  readonly #known: (LineLimits | undefined)[] = []

  constructor(pack: RulePack, signatures: readonly (readonly number[])[]) {
    this.#pack = pack
    this.#signatures = signatures
  }

  of(signature: number): LineLimits {
    return (this.#known[signature] ??= this.#compute(signature))
  }

  /** Least angle, degrees, at which lines of two signatures cross; a cell holds whichever of the two is first. */
  angleBetween(first: number, second: number): Limit | null {
    const [a, b] = [this.#classes(first), this.#classes(second)]
    let limit: Limit | null = null
    for (const { class: classId, with: other, minDeg, ...cell } of this.#pack.crossingAngle) {
      if (other === undefined || !((a.has(classId) && b.has(other)) || (b.has(classId) && a.has(other)))) continue
      limit = larger(limit, citedLimit(minDeg, cell))
    }
    return limit
  }

  #classes(signature: number): ReadonlySet<string> {
    return new Set((this.#signatures[signature] ?? []).map(id => this.#pack.classes[id]!.id))
  }

  #compute(signature: number): LineLimits {
    const pack = this.#pack
    const classes = this.#classes(signature)
    const cells = <T extends Table>(table: T): RulePack[T][number][] => (pack[table] as RulePack[T][number][]).filter(cell => classes.has(cell.class))
    const structures = cells('structures')
    const bends = cells('bend')
    const rank = pack.levelOrder?.ranks.findIndex(ids => ids.some(id => classes.has(id))) ?? -1
    return {
      surroundings: byWord(cells('surroundings').map(({ feature, minM, maxDepthM = null, ...cell }) => [feature, { ...citedLimit(minM, cell), maxDepthM }])),
      angleTo: byWord(cells('crossingAngle').flatMap(({ feature, minDeg, ...cell }) => (feature === undefined ? [] : [[feature, citedLimit(minDeg, cell)] as const]))),
      structure: (nodeType, nodeKind) => most(structures
        .filter(cell => includes(cell.nodeType, nodeType) && (cell.nodeKind === undefined || includes(cell.nodeKind, nodeKind)))
        .map(({ minM, ...cell }) => citedLimit(minM, cell))),
      slope: bounds(cells('slope').map(({ min, max, ...cell }) => ({ min, max, cell }))),
      rise: least(cells('levelJump').flatMap(({ maxRiseM, ...cell }) => (maxRiseM === undefined ? [] : [citedLimit(maxRiseM, cell)]))),
      drop: least(cells('levelJump').flatMap(({ maxDropM, ...cell }) => (maxDropM === undefined ? [] : [citedLimit(maxDropM, cell)]))),
      velocity: velocityOf(cells('velocity')),
      bendRadius: outerM => most(bends.map(({ minRadiusM, minDiameters, ...cell }) => citedLimit(Math.max(minRadiusM ?? 0, (minDiameters ?? 0) * outerM), cell))),
      turn: most(cells('turn').map(({ minDeg, ...cell }) => citedLimit(minDeg, cell))),
      levelRank: rank >= 0 ? rank : null,
    }
  }
}

const most = (limits: readonly Limit[]): Limit | null => limits.reduce<Limit | null>((known, limit) => larger(known, limit), null)
const least = (limits: readonly Limit[]): Limit | null => limits.reduce<Limit | null>((known, limit) => smaller(known, limit), null)

function byWord<T extends Limit>(cells: readonly (readonly [SiteWord, T])[]): ReadonlyMap<SiteWord, T> {
  const limits = new Map<SiteWord, T>()
  for (const [word, limit] of cells) limits.set(word, larger(limits.get(word) ?? null, limit))
  return limits
}

interface BoundCell {
  readonly min: number | undefined
  readonly max: number | undefined
  readonly cell: Omit<Limit, 'minM'>
}

const bounds = (cells: readonly BoundCell[]): Bounds => ({
  min: most(cells.flatMap(({ min, cell }) => (min === undefined ? [] : [citedLimit(min, cell)]))),
  max: least(cells.flatMap(({ max, cell }) => (max === undefined ? [] : [citedLimit(max, cell)]))),
})

/** Of several cells the roughest pipe with the least inside: the slowest water. */
function velocityOf(cells: readonly RulePack['velocity'][number][]): VelocityLimits | null {
  if (cells.length === 0) return null
  return {
    roughness: Math.max(...cells.map(cell => cell.roughness)), innerShare: Math.min(...cells.map(cell => cell.innerShare)),
    ...bounds(cells.map(({ minMps, maxMps, clause, basis, pack }) => ({ min: minMps, max: maxMps, cell: { clause, basis, pack } }))),
  }
}
