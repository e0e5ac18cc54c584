import type { JobControl } from '../core/job.ts'
import { baseWorld, nearZones, type BaseWorld } from './worlds/base-world.ts'
import { askedPairs, type Asks, type CheckSelection } from './check-selection.ts'
import { CoverTester } from './cover/cover-check.ts'
import { leadersOf, runOrder } from './network/id-order.ts'
import { sortPairs } from './zones/crossings.ts'
import { LineTester, type LineSite } from './line-rules/line-tester.ts'
import { PairScreen } from './screens/pair-screen.ts'
import type { Hit } from './pairs/hit.ts'
import { PairTester } from './pairs/pair-tester.ts'
import type { PreparedClearance } from './prepare.ts'
import { SuspectFinder } from './screens/suspect-finder.ts'

const NO_HITS: readonly Hit[] = []
const NO_LISTS: readonly (readonly Hit[])[] = []

/** What a thread of a check does: finds suspects, tests pairs and assets by themselves. Holds its scratch space. */
export class CheckTester {
  readonly world: BaseWorld
  /** Asset with the lowest id of each run. */
  readonly leaders: Uint32Array
  /** What rule 8 asks, where the check asks it. */
  readonly site: LineSite | null
  readonly selection: CheckSelection
  readonly #prepared: PreparedClearance
  readonly #asks: Asks
  /** Sides are ordered by their runs, so that a finding's stretch runs along one side throughout. */
  readonly #isBefore: (a: number, b: number) => boolean
  readonly #screen: PairScreen
  readonly #tester: PairTester
  readonly #cover: CoverTester | null
  readonly #lines: LineTester | null

  /** @param site Null: rule 8 is not asked. */
  constructor(prepared: PreparedClearance, selection: CheckSelection, site: LineSite | null = null) {
    const { columns, runs, ground, surfaces, pack } = prepared
    this.#prepared = prepared
    this.#asks = askedPairs(selection)
    this.world = baseWorld(prepared)
    this.leaders = leadersOf(columns.ids, runs.ofAsset)
    this.#isBefore = runOrder(columns.ids, this.leaders, runs.ofAsset)
    this.#screen = new PairScreen(this.world, prepared.places, prepared.signatures.classes.length)
    this.#tester = new PairTester(this.world, nearZones(this.world, this.#isBefore), true)
    this.#cover = ground && pack.cover.length > 0 ? new CoverTester(this.world, ground, surfaces, true) : null
    this.site = site
    this.selection = selection
    this.#lines = site && new LineTester(prepared, site, this.world, this.#asks, this.#isBefore)
  }

  /** As `SuspectFinder.find`. */
  findSuspects(next: () => number, job: JobControl): Uint32Array {
    return new SuspectFinder(this.#prepared, this.world, this.#asks, this.#screen).find(next, job)
  }

  /** Hits between two assets. */
  testPair(asset: number, other: number): readonly Hit[] {
    const isStraight = this.#isBefore(asset, other)
    const pairs = this.#segmentsOf(asset, other)
    // Suspected on a part of what lies between them; the whole may clear them.
    if (!this.#screen.mayHit(pairs, pairs.length)) return NO_HITS
    if (isStraight) this.#tester.select(asset, other)
    else this.#tester.select(other, asset)
    return this.#tester.test(sortPairs(pairs, isStraight ? 0 : 1))
  }

  /** Segments [of the one, of the other, …] that may matter. */
  #segmentsOf(asset: number, other: number): readonly number[] {
    const { network: { vertexStart, vertexAsset }, reader } = this.world
    const segments = (a: number): number => vertexStart[a + 1]! - vertexStart[a]!
    // Looking around from the shorter one asks less.
    const isSwapped = segments(other) < segments(asset)
    const [from, to] = isSwapped ? [other, asset] : [asset, other]
    const inflation = this.world.queryInflationM(from)
    const pairs: number[] = []
    this.#screen.select(asset, other)
    for (let v = vertexStart[from]!; v < vertexStart[from + 1]! - 1; v++) {
      const count = reader.query(v, inflation)
      for (let k = 0; k < count; k++) {
        const j = reader.found[k]!
        if (vertexAsset[j] !== to || !this.#screen.mayMatter(v, j)) continue
        if (isSwapped) pairs.push(j, v)
        else pairs.push(v, j)
      }
    }
    return pairs
  }

  /** Hits of an asset with the ground: a list per segment that has some. */
  testCover(asset: number): readonly (readonly Hit[])[] {
    if (!this.#cover || !this.world.takesPart(asset) || !this.#asks.isCoverAsked(asset)) return NO_LISTS
    let found: (readonly Hit[])[] | null = null
    const { vertexStart } = this.world.network
    for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
      const hits = this.#cover.testSegment(asset, v)
      if (hits.length > 0) (found ??= []).push(hits)
    }
    return found ?? NO_LISTS
  }

  /** Hits of rule 8 that are the asset's own. */
  testLines(asset: number): readonly Hit[] {
    return this.#lines && this.world.takesPart(asset) ? this.#lines.test(asset) : NO_HITS
  }
}
