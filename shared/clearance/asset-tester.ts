import { baseWorld, nearZones } from './base-world.ts'
import { CoverTester } from './cover-check.ts'
import { askedPairs, type Asks, type CheckSelection } from './check-selection.ts'
import { leadersOf, runOrder } from './id-order.ts'
import { LineTester, type LineSite } from './line-rules/line-tester.ts'
import { PairScreen } from './pair-screen.ts'
import { PairTester, type Hit } from './pair-tester.ts'
import type { PreparedClearance } from './prepare.ts'
import type { SegmentReader } from './segment-grid.ts'
import type { World } from './world.ts'

const NO_HITS: readonly Hit[] = []

/**
 * Tests assets one at a time: each pair of assets belongs to one of the two, so that any number of threads can share a
 * network between them, each with a tester of its own (it holds scratch space).
 */
export class AssetTester {
  readonly world: World
  /** Asset with the lowest id of each run. */
  readonly leaders: Uint32Array
  readonly #prepared: PreparedClearance
  readonly #asks: Asks
  /** Sides are ordered by their runs, so that a finding's stretch runs along one side throughout. */
  readonly #isBefore: (a: number, b: number) => boolean
  readonly #screen: PairScreen
  readonly #tester: PairTester
  readonly #cover: CoverTester | null
  /** Where the list of pairs with an asset begins; valid where the mark is that of this round. */
  readonly #head: Int32Array
  readonly #mark: Uint32Array
  /** How near the other must come; −1 where the pair is not this asset's own. */
  readonly #reachM: Float64Array
  #round = 0
  #count = 0
  #own = new Uint32Array(256)
  #others = new Uint32Array(256)
  #next = new Int32Array(256)
  readonly #met: number[] = []
  readonly #near: number[] = []

  /** What rule 8 asks, where the check asks it. */
  readonly site: LineSite | null
  readonly selection: CheckSelection
  readonly #lines: LineTester | null

  /** @param site Null: rule 8 is not asked. @param reader As `baseWorld` takes it. */
  constructor(prepared: PreparedClearance, selection: CheckSelection, site: LineSite | null = null, reader?: SegmentReader) {
    const { columns, runs, ground, surfaces, pack, network } = prepared
    this.#prepared = prepared
    this.#asks = askedPairs(selection)
    this.world = baseWorld(prepared, reader)
    this.leaders = leadersOf(columns.ids, runs.ofAsset)
    this.#isBefore = runOrder(columns.ids, this.leaders, runs.ofAsset)
    this.#screen = new PairScreen(this.world, prepared.places, prepared.signatures.classes.length)
    this.#tester = new PairTester(this.world, nearZones(this.world, this.#isBefore), true)
    this.#cover = ground && pack.cover.length > 0 ? new CoverTester(this.world, ground, surfaces) : null
    this.site = site
    this.selection = selection
    this.#lines = site && new LineTester(prepared, site, this.world, this.#asks, this.#isBefore)
    this.#head = new Int32Array(network.assetCount)
    this.#mark = new Uint32Array(network.assetCount)
    this.#reachM = new Float64Array(network.assetCount)
  }

  /** Hits between an asset and those others whose pair with it is its own, and with the ground: a list per pair. */
  test(asset: number): readonly (readonly Hit[])[] {
    const found: (readonly Hit[])[] = []
    if (!this.world.takesPart(asset)) return found
    if (this.#asks.isDriver(asset)) {
      this.#screen.begin(asset)
      this.#gather(asset)
      for (const other of this.#screened()) {
        const hits = this.#tester.test(this.#selectPair(asset, other))
        if (hits.length > 0) found.push(hits)
      }
    }
    if (this.#cover && this.#asks.isCoverAsked(asset)) {
      const { vertexStart } = this.world.network
      for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
        const hits = this.#cover.testSegment(asset, v)
        if (hits.length > 0) found.push(hits)
      }
    }
    return found
  }

  /** Hits of rule 8 that are the asset's own. */
  testLines(asset: number): readonly Hit[] {
    return this.#lines && this.world.takesPart(asset) ? this.#lines.test(asset) : NO_HITS
  }

  /** Lists the segments near those of an asset by the asset they belong to: those whose boxes come within its reach. */
  #gather(asset: number): void {
    const { network, reader } = this.world
    const { vertexStart, vertexAsset, xyz } = network
    const inflation = this.world.queryInflationM(asset)
    // Where every asset asks, what lies before this one has asked.
    const least = this.#asks.isWhole ? vertexStart[asset + 1]! : 0
    this.#count = this.#met.length = 0
    this.#round++
    for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
      const count = reader.query(v, inflation, least)
      if (count === 0) continue
      const { found } = reader
      const minX = Math.min(xyz[3 * v]!, xyz[3 * v + 3]!)
      const maxX = Math.max(xyz[3 * v]!, xyz[3 * v + 3]!)
      const minY = Math.min(xyz[3 * v + 1]!, xyz[3 * v + 4]!)
      const maxY = Math.max(xyz[3 * v + 1]!, xyz[3 * v + 4]!)
      for (let k = 0; k < count; k++) {
        const j = found[k]!
        const other = vertexAsset[j]!
        if (this.#mark[other] !== this.#round) {
          this.#mark[other] = this.#round
          this.#head[other] = -1
          this.#reachM[other] = this.#isCandidate(asset, other) ? this.#screen.reachM(other) : -1
        }
        const reach = this.#reachM[other]!
        if (reach < 0) continue
        const [x0, y0, x1, y1] = [xyz[3 * j]!, xyz[3 * j + 1]!, xyz[3 * j + 3]!, xyz[3 * j + 4]!]
        if (Math.min(x0, x1) - maxX > reach || minX - Math.max(x0, x1) > reach || Math.min(y0, y1) - maxY > reach || minY - Math.max(y0, y1) > reach) continue
        if (this.#count === this.#own.length) this.#grow()
        if (this.#head[other] === -1) this.#met.push(other)
        this.#own[this.#count] = v
        this.#others[this.#count] = j
        this.#next[this.#count] = this.#head[other]!
        this.#head[other] = this.#count++
      }
    }
  }

  #grow(): void {
    const larger = <T extends Uint32Array | Int32Array>(old: T, made: T): T => {
      made.set(old)
      return made
    }
    this.#own = larger(this.#own, new Uint32Array(2 * this.#count))
    this.#others = larger(this.#others, new Uint32Array(2 * this.#count))
    this.#next = larger(this.#next, new Int32Array(2 * this.#count))
  }

  #isCandidate(asset: number, other: number): boolean {
    const { ofAsset } = this.#prepared.runs
    return other !== asset && ofAsset[other] !== ofAsset[asset] && this.world.takesPart(other) && !(other < asset && this.#asks.isDriver(other)) && this.#asks.isAsked(asset, other)
  }

  /** Of the assets met, those that the full test may find something with, ascending. */
  #screened(): readonly number[] {
    const screen = this.#screen
    const near = this.#near
    let count = 0
    for (const other of this.#met) {
      let length = 0
      screen.select(other)
      for (let k = this.#head[other]!; k >= 0; k = this.#next[k]!) {
        if (!screen.mayMatter(this.#own[k]!, this.#others[k]!)) continue
        near[length++] = this.#own[k]!
        near[length++] = this.#others[k]!
      }
      if (length > 0 && screen.mayHit(near, length)) this.#met[count++] = other
    }
    this.#met.length = count
    return this.#met.sort((m, n) => m - n)
  }

  /** Sets the tester to a pair. @returns its segments [of the side that is a, of b, …] that may matter, ascending. */
  #selectPair(asset: number, other: number): readonly number[] {
    const isStraight = this.#isBefore(asset, other)
    const pairs: (readonly [number, number])[] = []
    this.#screen.select(other)
    for (let k = this.#head[other]!; k >= 0; k = this.#next[k]!) {
      const [i, j] = [this.#own[k]!, this.#others[k]!]
      if (this.#screen.mayMatter(i, j)) pairs.push(isStraight ? [i, j] : [j, i])
    }
    if (isStraight) this.#tester.select(asset, other)
    else this.#tester.select(other, asset)
    return pairs.sort((m, n) => m[0] - n[0] || m[1] - n[1]).flat()
  }
}
