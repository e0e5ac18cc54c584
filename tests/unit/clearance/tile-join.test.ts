import { describe, expect, it } from 'vitest'
import { TouchFinder } from '#shared/clearance/joints/find-touches.ts'
import { SEGMENT } from '#shared/clearance/grid/grid-cells.ts'
import { GridReader } from '#shared/clearance/grid/grid-reader.ts'
import { JoinedPairs } from '#shared/clearance/joints/joined-pairs.ts'
import { buildNetwork, type ClearanceNetwork } from '#shared/clearance/network/network.ts'
import { PairGroups } from '#shared/clearance/screens/pair-groups.ts'
import { touchesOfEnd, type Places } from '#shared/clearance/joints/places.ts'
import { buildSegmentGrid, coarser, countPart, fillPart, mergeParts, planGrid, type SegmentGrid } from '#shared/clearance/grid/segment-grid.ts'
import { gatherSuspects } from '#shared/clearance/screens/suspects.ts'
import { TileJoin } from '#shared/clearance/screens/tile-join.ts'
import { ownMemory } from '#shared/core/shared-arrays.ts'
import { seededRandom, type Random } from '#shared/core/random.ts'
import { planDistance } from '#shared/geometry/plan-distance.ts'
import { newSegmentPair, newWitness } from '#shared/geometry/segment-pair.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'

const pair = newSegmentPair()
const witness = newWitness()

/** Lines of one to four segments, some right across everything, many ending on each other's vertices or axes. */
function tangle(random: Random, extentM: number, shift: number): ClearanceNetwork {
  const axes: Vec3[][] = []
  for (let k = 0; k < 160; k++) {
    const known = axes.length > 0 && random.chance(0.5) ? random.pick(random.pick(axes)) : null
    let [x, y]: readonly number[] = known ?? [shift + random.range(0, extentM), shift + random.range(0, extentM)]
    const axis: Vec3[] = [[x!, y!, 0]]
    for (let s = 0; s < 1 + random.int(4); s++) {
      const lengthM = random.chance(0.05) ? 3 * extentM : random.range(0, 12)
      const way = random.range(0, 2 * Math.PI)
      x = x! + lengthM * Math.cos(way)
      y = y! + lengthM * Math.sin(way)
      axis.push([x, y, 0])
    }
    axes.push(axis)
  }
  const records = axes.map((axis, i): AssetRecord => ({ id: `${i}`, kind: 'water', owner: '', section: { shape: 'circle', diameterM: 0.2 }, axis, status: i % 17 === 0 ? 'removed' : 'in_use', assumed: 0, attributes: {} }))
  return buildNetwork(buildAssetColumns(records, [0, 0, 0]), new Uint16Array(records.length))
}

const boxOf = ({ xyz, vertexAsset }: ClearanceNetwork, inflationM: Float64Array, v: number) => {
  const around = inflationM[vertexAsset[v]!]!
  const side = (axis: 0 | 1): [number, number] => [Math.min(xyz[3 * v + axis]!, xyz[3 * v + 3 + axis]!) - around, Math.max(xyz[3 * v + axis]!, xyz[3 * v + 3 + axis]!) + around]
  return { x: side(0), y: side(1) }
}

function segmentsOf({ vertexStart, assetCount, isActive }: ClearanceNetwork): number[] {
  return Array.from({ length: assetCount }, (_, a) => a).filter(a => isActive[a] === 1).flatMap(a => Array.from({ length: vertexStart[a + 1]! - vertexStart[a]! - 1 }, (_, k) => vertexStart[a]! + k))
}

function joinOf(grid: SegmentGrid): string[] {
  const join = new TileJoin(grid)
  const met: string[] = []
  for (let tile = 0; tile < grid.tileCount; tile++) {
    join.begin(tile)
    for (let length = join.more(); length > 0; length = join.more()) {
      for (let k = 0; k < length; k += 2) met.push([grid.entries[join.pairs[k]!]! & SEGMENT, grid.entries[join.pairs[k + 1]!]! & SEGMENT].sort((p, q) => p - q).join())
    }
  }
  return met
}

describe.each([[40, 0], [300, 0], [300, 3.6e6]])('segments strewn over %d m, %d m from zero', (extentM, shift) => {
  it.each([1, 2, 3, 4])('meet whoever their boxes meet, each once but for those in pieces (seed %d)', seed => {
    const random = seededRandom(seed)
    const network = tangle(random, extentM, shift)
    const inflationM = Float64Array.from({ length: network.assetCount }, () => random.range(0.02, 3))
    const { grid } = buildSegmentGrid(network, inflationM)
    const met = joinOf(grid)
    const segments = segmentsOf(network).filter(v => !grid.long.includes(v))
    const wanted = segments.flatMap((p, k) => segments.slice(k + 1).flatMap(q => {
      const [a, b] = [boxOf(network, inflationM, p), boxOf(network, inflationM, q)]
      return a.x[0] <= b.x[1] && b.x[0] <= a.x[1] && a.y[0] <= b.y[1] && b.y[0] <= a.y[1] ? [[p, q].join()] : []
    }))
    const isSlanting = (key: string): boolean => key.split(',').some(v => {
      const [x, y] = [0, 1].map(axis => Math.abs(network.xyz[3 * Number(v) + 3 + axis]! - network.xyz[3 * Number(v) + axis]!))
      return Math.min(x!, y!) > 1.5 * grid.cellM
    })
    const known = new Set(met)
    // Whatever lies near enough is met, in pieces or not.
    const near = segments.flatMap((p, k) => segments.slice(k + 1).flatMap(q => {
      for (let c = 0; c < 6; c++) [pair[c], pair[6 + c]] = [network.xyz[3 * p + c]!, network.xyz[3 * q + c]!]
      return planDistance(pair, witness) <= inflationM[network.vertexAsset[p]!]! + inflationM[network.vertexAsset[q]!]! ? [[p, q].join()] : []
    }))
    expect(near.filter(key => !known.has(key))).toEqual([])
    // Pieces of a slanting line fill less than its box.
    expect(wanted.filter(key => !known.has(key) && !isSlanting(key))).toEqual([])
    expect(met.filter((key, k) => met.indexOf(key) !== k && !isSlanting(key))).toEqual([])
    expect(met.length).toBeGreaterThan(100)
  })

  it.each([1, 2, 3])('give the same index in any number of parts (seed %d)', seed => {
    const random = seededRandom(seed)
    const network = tangle(random, extentM, shift)
    const inflationM = Float64Array.from({ length: network.assetCount }, () => random.range(0.02, 3))
    const { grid, order } = buildSegmentGrid(network, inflationM)
    for (const parts of [2, 5, 13]) {
      for (let plan = planGrid(network, inflationM, ownMemory); ; plan = coarser(plan)) {
        const counted = Array.from({ length: parts }, (_, k) => countPart(plan, k, parts, ownMemory))
        const made = mergeParts(plan, [...counted.map(part => part!)].reverse(), ownMemory)
        if (!made) continue
        for (const part of counted) fillPart(plan, made, part!, parts)
        expect(plan.order).toEqual(order)
        expect(made).toEqual(grid)
        break
      }
    }
  })

  it.each([1, 2, 3, 4])('touch whom they touch when each end is looked around from by itself (seed %d)', seed => {
    const snapM = 0.01
    const random = seededRandom(seed)
    const network = tangle(random, extentM, shift)
    const { grid } = buildSegmentGrid(network, new Float64Array(network.assetCount).fill(snapM + 1e-3))
    const reader = new GridReader(network, grid)
    const key = (end: number, asset: number, chainageM: number, role: number): string => `${end} ${asset} ${chainageM.toFixed(6)} ${role}`
    const wanted = Array.from({ length: network.assetCount }, (_, a) => a).filter(a => network.isActive[a] === 1).flatMap(a => ([0, 1] as const).flatMap(end =>
      touchesOfEnd(network, reader, a, end, snapM, () => false).map(touch => key(2 * a + end, touch.asset, touch.chainageM, touch.role))))
    // Two threads: one takes a single block, the other the rest.
    let block = 0
    const found = [1, Infinity].flatMap(most => {
      let taken = 0
      const { end, asset, chainageM, role } = new TouchFinder(network, grid, snapM).find(() => (taken++ < most ? block++ : Infinity), () => undefined)
      return [...end].map((e, k) => key(e, asset[k]!, chainageM[k]!, role[k]!))
    })
    expect([...found].sort()).toEqual([...wanted].sort())
    expect(found.length).toBeGreaterThan(20)
  })
})

describe('what a screen remembers', () => {
  it('pairs of segments by their assets, whatever their number (seed 5)', () => {
    const random = seededRandom(5)
    const groups = new PairGroups()
    for (let round = 0; round < 3; round++) {
      groups.clear()
      const wanted = new Map<string, string[]>()
      for (let k = 0; k < 9000 && !groups.isFull; k++) {
        const [a, b, i, j] = [random.int(90), random.int(90), random.int(1000), random.int(1000)]
        groups.add(a, b, i, j)
        const list = wanted.get(`${a} ${b}`) ?? []
        list.push(`${i} ${j}`)
        wanted.set(`${a} ${b}`, list)
      }
      const given = Array.from({ length: groups.count }, (_, group): [string, string[]] => {
        const list: string[] = []
        for (let k = groups.head[group]!; k >= 0; k = groups.next[k]!) list.unshift(`${groups.own[k]} ${groups.other[k]}`)
        return [`${groups.a[group]} ${groups.b[group]}`, list]
      })
      expect(new Map(given)).toEqual(wanted)
    }
  })

  it('never says of joined assets that they are not, and says it of most others (seed 6)', () => {
    const random = seededRandom(6)
    const members = Array.from({ length: 400 }, () => Array.from({ length: 2 + random.int(3) }, () => random.int(5000)))
    const places = { count: members.length, memberStart: Uint32Array.from([0, ...members].map((_, k) => members.slice(0, k).reduce((sum, list) => sum + list.length, 0))), memberAsset: Uint32Array.from(members.flat()) } as Places
    const joined = new JoinedPairs(places)
    for (const list of members) for (const a of list) for (const b of list) if (a !== b) expect(joined.mayBeJoined(a, b)).toBe(true)
    const strangers = Array.from({ length: 5000 }, () => joined.mayBeJoined(5000 + random.int(1000), random.int(5000)))
    expect(strangers.filter(Boolean).length).toBeLessThan(1000)
    expect(new JoinedPairs({ count: 1, memberStart: Uint32Array.of(0, 100), memberAsset: Uint32Array.from({ length: 100 }, (_, k) => k) } as Places).mayBeJoined(3, 7)).toBe(true)
  })

  it('suspects once each, the same however they were found', () => {
    const order = Uint32Array.of(4, 2, 0, 1, 3)
    const wanted = Uint32Array.of(4, 2, 4, 3, 2, 0)
    expect(gatherSuspects([Uint32Array.of(2, 4, 0, 2), Uint32Array.of(3, 4, 2, 4)], order)).toEqual(wanted)
    expect(gatherSuspects([Uint32Array.of(2, 4, 3, 4, 2, 4, 0, 2)], order)).toEqual(wanted)
    expect(gatherSuspects([], order)).toEqual(new Uint32Array(0))
  })
})
