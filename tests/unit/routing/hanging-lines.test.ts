import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { hangingLines, ledTo } from '#shared/routing/lines/hanging-lines.ts'
import { emptyScenario, type Proposal } from '#shared/scenario/document.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'
import { proposalOf } from './random-street.ts'

const ORIGIN: Vec3 = [1000, 2000, 100]
const main = anAsset({ id: 'M', kind: 'water', axis: [[1000, 2000, 98], [1040, 2000, 98]] })
const lateral = (id: string, x: number, fields: Partial<AssetRecord> = {}) => anAsset({ id, kind: 'water', axis: [[x, 2000, 98], [x, 2008, 98.5]], ...fields })
const diversion = (axis: readonly Vec3[], fields: Partial<Proposal> = {}): Proposal => ({ ...proposalOf({ ...main, id: 'D' }), axis, replaces: ['M'], ...fields })

function hanging(existing: readonly AssetRecord[], proposals: readonly Proposal[], removals: readonly string[] = []) {
  const document = { ...emptyScenario('s', 's'), proposals: Object.fromEntries(proposals.map(one => [one.id, one])), removals: Object.fromEntries(removals.map(id => [id, { reason: '' }])) }
  return hangingLines(buildAssetColumns(existing, [...ORIGIN]), document)
}

describe('what a diversion or a removal leaves hanging', () => {
  const existing = [main, lateral('A', 1010), lateral('B', 1020), lateral('C', 1030)]
  const ids = (list: ReturnType<typeof hanging>) => list.map(({ asset }) => asset)

  it('is nothing while the diversion lies where the line lay', () => {
    expect(hanging(existing, [diversion(main.axis)])).toEqual([])
  })

  it('is the laterals on the part that was moved, each with the end that hangs', () => {
    const moved = diversion([[1000, 2000, 98], [1015, 2000, 98], [1016, 2003, 98], [1024, 2003, 98], [1025, 2000, 98], [1040, 2000, 98]])
    expect(hanging(existing, [moved])).toEqual([{ asset: 'B', kind: 'water', end: 0, at: [1020, 2000, 98], line: 'M', diversion: 'D' }])
  })

  it('counts a line moved in level alone, and one taken out with nothing in its place', () => {
    expect(ids(hanging(existing, [diversion(main.axis.map(([x, y, z]): Vec3 => [x, y, z - 0.3]))]))).toEqual(['A', 'B', 'C'])
    expect(hanging(existing, [], ['M']).map(({ asset, diversion: by }) => [asset, by])).toEqual([['A', null], ['B', null], ['C', null]])
  })

  it('leaves out what is out itself, what another kind carries, and what something that stays still serves', () => {
    const others = [main, lateral('A', 1010, { status: 'abandoned' }), lateral('G', 1020, { kind: 'gas' }), lateral('C', 1030), anAsset({ id: 'N', kind: 'water', axis: [[1030, 1990, 98], [1030, 2000, 98]] })]
    expect(ids(hanging(others, [], ['M']))).toEqual([])
    expect(ids(hanging(existing, [], ['M', 'B']))).toEqual(['A', 'C'])
  })

  it('drains in one manhole are joined whatever their levels', () => {
    const sewer = anAsset({ id: 'S', kind: 'sewer_foul', axis: [[1000, 2000, 97], [1040, 2000, 96.8]] })
    const onward = anAsset({ id: 'T', kind: 'sewer_storm', axis: [[1040, 2000, 95], [1080, 2000, 94]] })
    const deeper = { ...proposalOf({ ...sewer, id: 'D' }), replaces: ['S'], axis: sewer.axis.map(([x, y, z]): Vec3 => [x, y, z - 1]) }
    expect(hanging([sewer, onward], [deeper])).toEqual([])
    expect(ids(hanging([sewer, onward], [{ ...deeper, axis: [[1000, 2000, 97], [1038, 2001, 96.8]] }]))).toEqual(['T'])
  })

  it('taken along, none hangs: 60 random diversions and laterals (seed 11)', () => {
    const random = seededRandom(11)
    let led = 0
    for (let i = 0; i < 60; i++) {
      const laterals = Array.from({ length: 5 }, (_, k) => {
        const x = 1004 + 8 * k
        const side = random.next() < 0.5 ? -1 : 1
        const axis: Vec3[] = [[x, 2000, 98], [x + random.range(-2, 2), 2000 + side * random.range(3, 9), 98.4]]
        return anAsset({ id: `L${k}`, kind: 'water', axis: random.next() < 0.5 ? axis : axis.toReversed() })
      })
      const moved = diversion([[1000, 2000, 98], ...[8, 20, 32].map((x): Vec3 => [1000 + x, 2000 + random.range(-6, 6), 98 + random.range(-0.5, 0.5)]), [1040, 2000, 98]])
      const left = hanging([main, ...laterals], [moved])
      const along = left.map(({ asset, end }): Proposal => {
        const record = laterals.find(({ id }) => id === asset)!
        return { ...proposalOf({ ...record, id: `P${asset}` }), axis: ledTo(record.axis, end, moved.axis), replaces: [asset] }
      })
      led += along.length
      expect(hanging([main, ...laterals], [moved, ...along]), `diversion ${i}`).toEqual([])
      // The far end stays; the near one lies on the diversion.
      for (const [k, { asset, end }] of left.entries()) {
        const [before, after] = [laterals.find(({ id }) => id === asset)!.axis, along[k]!.axis]
        expect(after.at(end === 1 ? 0 : -1)).toEqual(before.at(end === 1 ? 0 : -1))
        const near = after.at(end === 1 ? -1 : 0)!
        const offs = moved.axis.slice(1).map((q, i) => {
          const p = moved.axis[i]!
          const [d, v] = [p, near].map((from, k) => [0, 1, 2].map(c => (k === 0 ? q[c]! - p[c]! : from[c]! - p[c]!))) as [number[], number[]]
          const share = Math.min(1, Math.max(0, (d[0]! * v[0]! + d[1]! * v[1]! + d[2]! * v[2]!) / (d[0]! ** 2 + d[1]! ** 2 + d[2]! ** 2)))
          return Math.hypot(...d.map((step, c) => v[c]! - share * step))
        })
        expect(Math.min(...offs)).toBeLessThan(1e-6)
      }
    }
    expect(led).toBeGreaterThan(150)
  })
})
