import { describe, expect, it } from 'vitest'
import { checkNetwork } from '#shared/clearance/check.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { seededRandom } from '#shared/core/random.ts'
import { fixOfFlaw, withJoint, type QualityFix } from '#shared/ledger/quality-fix.ts'
import { FlawList } from '#shared/quality/flaw-list.ts'
import { findMissingJoints } from '#shared/quality/missing-joints.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, NodeRecord, Vec3 } from '#shared/twin/asset.ts'
import { A_PACK } from '#tests/builders/fake-host.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'

const ORIGIN: Vec3 = [500, 300, 200]
const at = (x: number, y: number, z: number): Vec3 => [ORIGIN[0] + x, ORIGIN[1] + y, ORIGIN[2] + z]
const drain = (id: string, axis: readonly Vec3[], diameterM = 0.5): AssetRecord => anAsset({ id, kind: 'sewer_storm', owner: 'drains', axis, section: { shape: 'circle', diameterM } })

function fixesOf(assets: readonly AssetRecord[], nodes: readonly NodeRecord[] = []): QualityFix[] {
  const columns = buildAssetColumns(assets, ORIGIN)
  const list = new FlawList()
  findMissingJoints(columns, nodes, new Uint8Array(assets.length), list)
  const flaws = list.pack()
  return Array.from({ length: flaws.count }, (_, flaw) => fixOfFlaw({ flaws }, flaw, columns)!)
}

function nodesFrom(fixes: readonly QualityFix[], nodes: readonly NodeRecord[] = []): NodeRecord[] {
  const out = [...nodes]
  for (const fix of fixes) {
    if (fix.fix !== 'put_joint') continue
    const node = withJoint(fix, out, id => out.some(other => other.id === id))
    const known = out.findIndex(({ id }) => id === node.id)
    if (known < 0) out.push(node)
    else out[known] = node
  }
  return out
}

/** Pairs of assets that run into each other under the shipped pack. */
const clashes = (assets: readonly AssetRecord[], nodes: readonly NodeRecord[]): number =>
  checkNetwork(prepareClearance({ assets: buildAssetColumns(assets, ORIGIN), nodes, ground: null, surfaceFeatures: [], pack: A_PACK })).pairs.filter(({ rule }) => rule === 'hard').length

describe('a joint that is not in the data', () => {
  it('is where drains come in at different levels: a manhole from the lowest bottom to the highest top, and the clash is gone', () => {
    const assets = [drain('upper', [at(-20, 0, -1), at(0, 0, -1.2)]), drain('lower', [at(0, 0, -1.5), at(20, 3, -1.8)], 0.8)]
    expect(clashes(assets, [])).toBe(1)
    const fixes = fixesOf(assets)
    expect(fixes).toEqual([{ fix: 'put_joint', id: 'upper', kind: 'sewer_storm', owner: 'drains', at: [500, 300, expect.closeTo(199.05, 9)], bottomZ: expect.closeTo(198.1, 9) }])
    const nodes = nodesFrom(fixes)
    expect(nodes).toMatchObject([{ id: 'J-upper', nodeType: 'manhole', attributes: { assumed: 'joint' } }])
    expect(clashes(assets, nodes)).toBe(0)
    expect(fixesOf(assets, nodes)).toEqual([])
  })

  it('is a reducer where mains of two sizes still meet, and nothing where they pass above each other', () => {
    const main = (id: string, z: number, diameterM: number, toward: number) => anAsset({ id, owner: 'water', axis: [at(0, 0, z), at(toward, 1, z)], section: { shape: 'circle', diameterM } })
    expect(nodesFrom(fixesOf([main('a', -1, 0.3, -20), main('b', -0.9, 0.1, 20)]))).toMatchObject([{ nodeType: 'junction' }])
    expect(fixesOf([main('a', -1, 0.3, -20), main('b', -0.7, 0.1, 20)])).toEqual([])
  })

  it('is not missed where ends meet in space, in a manhole that holds them, in another network, or apart in plan', () => {
    const upper = drain('upper', [at(-20, 0, -1), at(0, 0, -1.2)])
    const with_ = (other: AssetRecord, nodes: readonly NodeRecord[] = []) => fixesOf([upper, other], nodes).length
    expect(with_(drain('b', [at(0, 0, -1.195), at(20, 0, -1.4)]))).toBe(0)
    expect(with_(drain('b', [at(0.02, 0, -1.5), at(20, 0, -1.7)]))).toBe(0)
    expect(with_(anAsset({ id: 'b', kind: 'gas', axis: [at(0, 0, -1.5), at(20, 0, -1.7)] }))).toBe(0)
    const manhole: NodeRecord = { id: 'M', nodeType: 'manhole', kind: 'sewer_storm', owner: '', at: at(0.3, 0, 0), bottomZ: 198, diameterM: 0.8, attributes: {} }
    expect(with_(drain('b', [at(0, 0, -1.5), at(20, 0, -1.7)]), [manhole])).toBe(0)
    expect(with_(drain('b', [at(0, 0, -1.5), at(20, 0, -1.7)]), [{ ...manhole, bottomZ: 198.9 }])).toBe(1)
  })

  it('gives a node without a floor the floor and the top its ends need', () => {
    const assets = [drain('upper', [at(-20, 0, -1), at(0, 0, -1.2)]), drain('lower', [at(0, 0, -1.5), at(20, 3, -1.8)])]
    const bare: NodeRecord = { id: 'YS-7', nodeType: 'manhole', kind: 'sewer_storm', owner: 'drains', at: at(0, 0, 0.1), attributes: { code: 7 } }
    expect(nodesFrom(fixesOf(assets, [bare]), [bare])).toEqual([{ ...bare, at: [500, 300, 200.1], bottomZ: expect.closeTo(198.25, 9) as number }])
  })

  it.each([1, 2, 3])('leaves no clash between lines of one place on random drains, in any order (seed %i)', seed => {
    const random = seededRandom(seed)
    const assets = Array.from({ length: 40 }, (_, k) => [0, 1, 2].slice(0, 2 + random.int(2)).map(i => {
      const [angle, z] = [(2 * Math.PI * (i + random.range(0.1, 0.6))) / 3, random.range(-4, -1)]
      const [x, y] = [60 * (k % 8), 60 * Math.floor(k / 8)]
      return drain(`${k}-${i}`, [at(x, y, z), at(x + 25 * Math.cos(angle), y + 25 * Math.sin(angle), z - 0.2)], random.range(0.3, 0.9))
    })).flat()
    const nodes = nodesFrom(fixesOf(assets))
    expect(nodes).toHaveLength(40)
    expect(clashes(assets, nodes)).toBe(0)
    expect(fixesOf(assets, nodes)).toEqual([])
    const turned = [...assets].reverse().map(asset => ({ ...asset, axis: [...asset.axis].reverse() }))
    expect(nodesFrom(fixesOf(turned)).map(({ at: place, bottomZ }) => [...place, bottomZ].join()).sort()).toEqual(nodes.map(({ at: place, bottomZ }) => [...place, bottomZ].join()).sort())
  })
})
