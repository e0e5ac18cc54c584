import { baseWorld, nearZones, type BaseWorld } from '#shared/clearance/worlds/base-world.ts'
import type { BlockHits } from '#shared/clearance/check-blocks.ts'
import { askedPairs } from '#shared/clearance/check-selection.ts'
import { CoverTester } from '#shared/clearance/cover/cover-check.ts'
import { TouchList, type Touches } from '#shared/clearance/joints/find-touches.ts'
import type { SegmentReader } from '#shared/clearance/grid/grid-reader.ts'
import { leadersOf, runOrder } from '#shared/clearance/network/id-order.ts'
import { LineTester, type LineSite } from '#shared/clearance/line-rules/line-tester.ts'
import type { ClearanceNetwork } from '#shared/clearance/network/network.ts'
import type { Hit } from '#shared/clearance/pairs/hit.ts'
import { PairTester } from '#shared/clearance/pairs/pair-tester.ts'
import { touchesOfEnd } from '#shared/clearance/joints/places.ts'
import type { PreparedClearance } from '#shared/clearance/prepare.ts'

const BLOCK_ASSETS = 128

/** What the ends of a network touch, each asked for by itself. */
export function findTouches(network: ClearanceNetwork, reader: SegmentReader, snapM: number, order: Uint32Array, next: () => number): Touches {
  const found = new TouchList()
  for (let block = next(); block * BLOCK_ASSETS < order.length; block = next()) {
    for (const asset of order.subarray(block * BLOCK_ASSETS, (block + 1) * BLOCK_ASSETS)) {
      if (network.isActive[asset] === 0) continue
      for (const end of [0, 1] as const) {
        found.beginEnd()
        for (const touch of touchesOfEnd(network, reader, asset, end, snapM, () => false)) found.add(2 * asset + end, touch)
      }
    }
  }
  return found.packed()
}

/**
 * What somebody would write around an index of boxes: boxes inflated by the largest limit of each class, the exact test of every
 * pair that comes near enough for a rule. None of the engine's screens; its rules, cover and rule 8 as they are.
 */
export class ReferenceTester {
  readonly world: BaseWorld
  readonly leaders: Uint32Array
  readonly selection = {}
  readonly site: LineSite | null
  readonly #prepared: PreparedClearance
  readonly #isBefore: (a: number, b: number) => boolean
  readonly #pairs: PairTester
  readonly #cover: CoverTester | null
  readonly #lines: LineTester | null

  /** @param reader Of another index over the inflated boxes. */
  constructor(prepared: PreparedClearance, site: LineSite | null, reader: SegmentReader) {
    const { columns, runs, ground, surfaces } = prepared
    this.#prepared = prepared
    this.world = baseWorld(prepared, reader)
    this.leaders = leadersOf(columns.ids, runs.ofAsset)
    this.#isBefore = runOrder(columns.ids, this.leaders, runs.ofAsset)
    this.#pairs = new PairTester(this.world, nearZones(this.world, this.#isBefore), true)
    this.#cover = ground && new CoverTester(this.world, ground, surfaces, true)
    this.site = site
    this.#lines = site && new LineTester(prepared, site, this.world, askedPairs({}), this.#isBefore)
  }

  /** As `testBlocks`. */
  testBlocks(next: () => number): BlockHits[] {
    const { order } = this.#prepared
    const found: BlockHits[] = []
    for (let block = next(); block * BLOCK_ASSETS < order.length; block = next()) {
      const hits: (readonly Hit[])[] = []
      const lines: (readonly Hit[])[] = []
      for (const asset of order.subarray(block * BLOCK_ASSETS, (block + 1) * BLOCK_ASSETS)) {
        if (!this.world.takesPart(asset)) continue
        hits.push(...this.#testAsset(asset))
        const ofLine = this.#lines?.test(asset) ?? []
        if (ofLine.length > 0) lines.push(ofLine)
      }
      if (hits.length + lines.length > 0) found.push({ block, hits, lines })
    }
    return found
  }

  #testAsset(asset: number): (readonly Hit[])[] {
    const found: (readonly Hit[])[] = []
    for (const [other, near] of this.#near(asset)) {
      const isStraight = this.#isBefore(asset, other)
      this.#pairs.select(isStraight ? asset : other, isStraight ? other : asset)
      const pairs = near.map(([i, j]) => (isStraight ? [i, j] as const : [j, i] as const)).filter(([i, j]) => this.#pairs.mayMatter(i, j))
      if (pairs.length === 0) continue
      const hits = this.#pairs.test(pairs.sort((m, n) => m[0] - n[0] || m[1] - n[1]).flat())
      if (hits.length > 0) found.push(hits)
    }
    const { vertexStart } = this.world.network
    for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
      const hits = this.#cover?.testSegment(asset, v) ?? []
      if (hits.length > 0) found.push(hits)
    }
    return found
  }

  /** Segments [of the asset, of another] whose boxes meet, by the other asset; of two assets, the first asks. */
  #near(asset: number): Map<number, (readonly [number, number])[]> {
    const { network: { vertexStart, vertexAsset }, reader } = this.world
    const { ofAsset } = this.#prepared.runs
    const near = new Map<number, (readonly [number, number])[]>()
    for (let v = vertexStart[asset]!; v < vertexStart[asset + 1]! - 1; v++) {
      const count = reader.query(v, this.world.queryInflationM(asset))
      for (let k = 0; k < count; k++) {
        const j = reader.found[k]!
        const other = vertexAsset[j]!
        if (other <= asset || ofAsset[other] === ofAsset[asset]) continue
        const list = near.get(other)
        if (list) list.push([v, j])
        else near.set(other, [[v, j]])
      }
    }
    return near
  }
}
