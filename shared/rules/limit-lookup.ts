import type { SurfaceClass } from '../twin/kinds.ts'
import { BASES, type Basis, type RulePack } from './rule-pack.ts'

/** A governing limit: the largest of the cells that apply, with that cell's source. */
export interface Limit {
  /** Metres; of rule 8 also degrees, a ratio or metres per second. Of a maximum, the maximum. */
  readonly minM: number
  readonly clause: string
  readonly basis: Basis
  /** The pack the cell is from, where several are combined. */
  readonly pack?: string | undefined
}

/** Limits between two signatures; null where no cell applies. */
export interface PairLimits {
  readonly horizontal: Limit | null
  readonly distance: Limit | null
  /** Where the first of the two is above the second, and the reverse. */
  readonly firstAbove: Limit | null
  readonly secondAbove: Limit | null
  /** The larger of the two vertical limits: where it is undecided who is above. */
  readonly larger: Limit | null
}

/** Cover limits of a signature on one surface class. */
export interface CoverLimits {
  readonly min: Limit | null
  readonly max: Limit | null
}

/** Looks limits up by signature (lists of class indices); answers are kept, so that the hot path reads an object. */
export class LimitLookup {
  readonly #signatures: (readonly number[])[]
  readonly #classCount: number
  readonly #horizontal: ReadonlyMap<number, Limit>
  readonly #vertical: ReadonlyMap<number, Limit>
  readonly #distance: ReadonlyMap<number, Limit>
  readonly #cover: ReadonlyMap<string, CoverLimits>
  readonly #pairs: (PairLimits | undefined)[][] = []

  constructor(pack: RulePack, signatures: readonly (readonly number[])[]) {
    const index = new Map(pack.classes.map((ruleClass, i) => [ruleClass.id, i]))
    const classCount = pack.classes.length
    this.#classCount = classCount
    this.#signatures = [...signatures]
    const table = (cells: readonly { from: string; to: string; limit: Limit; isMutual: boolean }[]): Map<number, Limit> => {
      const limits = new Map<number, Limit>()
      for (const { from, to, limit, isMutual } of cells) {
        const [a, b] = [index.get(from), index.get(to)]
        if (a === undefined || b === undefined) continue
        keepLarger(limits, a * classCount + b, limit)
        if (isMutual) keepLarger(limits, b * classCount + a, limit)
      }
      return limits
    }
    this.#horizontal = table(pack.horizontal.map(cell => ({ from: cell.a, to: cell.b, limit: limitOf(cell), isMutual: true })))
    this.#distance = table(pack.distance.map(cell => ({ from: cell.a, to: cell.b, limit: limitOf(cell), isMutual: true })))
    this.#vertical = table(pack.vertical.map(cell => ({ from: cell.upper, to: cell.lower, limit: limitOf(cell), isMutual: cell.either === true })))
    this.#cover = coverTable(pack, index)
  }

  /** Lists of class indices, by signature; grows with `signatureOf`. */
  get signatures(): readonly (readonly number[])[] {
    return this.#signatures
  }

  get signatureCount(): number {
    return this.#signatures.length
  }

  /** Number of the signature with these classes; a new one where none has them. */
  signatureOf(classes: readonly number[]): number {
    const known = this.#signatures.findIndex(list => list.length === classes.length && list.every((id, i) => id === classes[i]))
    return known >= 0 ? known : this.#signatures.push([...classes]) - 1
  }

  pair(first: number, second: number): PairLimits {
    const row = (this.#pairs[first] ??= [])
    return (row[second] ??= this.#compute(first, second))
  }

  cover(signature: number, surface: SurfaceClass): CoverLimits {
    let min: Limit | null = null
    let max: Limit | null = null
    for (const id of this.#signatures[signature] ?? []) {
      const limits = this.#cover.get(`${id}:${surface}`)
      if (limits?.min) min = larger(min, limits.min)
      // The tightest of several maxima governs.
      if (limits?.max) max = smaller(max, limits.max)
    }
    return { min, max }
  }

  #compute(first: number, second: number): PairLimits {
    const firstAbove = this.#governing(this.#vertical, first, second)
    const secondAbove = this.#governing(this.#vertical, second, first)
    return {
      horizontal: this.#governing(this.#horizontal, first, second),
      distance: this.#governing(this.#distance, first, second),
      firstAbove, secondAbove,
      larger: firstAbove && secondAbove ? larger(firstAbove, secondAbove) : (firstAbove ?? secondAbove),
    }
  }

  #governing(table: ReadonlyMap<number, Limit>, first: number, second: number): Limit | null {
    let governing: Limit | null = null
    if (table.size === 0) return null
    for (const a of this.#signatures[first] ?? []) {
      for (const b of this.#signatures[second] ?? []) {
        const limit = table.get(a * this.#classCount + b)
        if (limit) governing = larger(governing, limit)
      }
    }
    return governing
  }
}

const limitOf = ({ minM, ...cell }: Omit<Limit, 'minM'> & { readonly minM: number }): Limit => citedLimit(minM, cell)

/** A figure with the source of its cell. */
export const citedLimit = (minM: number, { clause, basis, pack }: Omit<Limit, 'minM'>): Limit =>
  pack === undefined ? { minM, clause, basis } : { minM, clause, basis, pack }

/** The larger limit; of equal ones the better founded, so that the answer does not hang on the order of the cells. */
export function larger<T extends Limit>(a: T | null, b: T): T {
  if (a === null || b.minM > a.minM) return b
  if (a.minM > b.minM) return a
  return betterFounded(a, b)
}

/** The smaller of two maxima; of equal ones the better founded. */
export function smaller<T extends Limit>(a: T | null, b: T): T {
  if (a === null || b.minM < a.minM) return b
  return a.minM < b.minM ? a : betterFounded(a, b)
}

function betterFounded<T extends Limit>(a: T, b: T): T {
  const order = BASES.indexOf(a.basis) - BASES.indexOf(b.basis)
  return order < 0 || (order === 0 && a.clause <= b.clause) ? a : b
}

function keepLarger(table: Map<number, Limit>, key: number, limit: Limit): void {
  table.set(key, larger(table.get(key) ?? null, limit))
}

function coverTable(pack: RulePack, index: ReadonlyMap<string, number>): Map<string, CoverLimits> {
  const table = new Map<string, CoverLimits>()
  for (const { class: classId, surface, minM, maxM, ...cell } of pack.cover) {
    const id = index.get(classId)
    if (id === undefined) continue
    const key = `${id}:${surface}`
    const known = table.get(key) ?? { min: null, max: null }
    table.set(key, {
      min: minM === undefined ? known.min : larger(known.min, citedLimit(minM, cell)),
      max: maxM === undefined ? known.max : smaller(known.max, citedLimit(maxM, cell)),
    })
  }
  return table
}
