import { describe, expect, it } from 'vitest'
import { buildTopology } from '#shared/network/build-topology.ts'
import { nodePieces } from '#shared/network/node-pieces.ts'
import { countPieces } from '#shared/quality/piece-counts.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { importOf } from '../io/mutate.ts'
import { hasSharedData, sharedData } from '../io/shared-data.ts'
import { TwinBuilder } from '#tests/builders/twin-builder.ts'

type Line = readonly [id: string, axis: readonly Vec3[], diameterM?: number]
const piecesOf = (lines: readonly Line[], build = (builder: TwinBuilder) => builder) => {
  const builder = build(lines.reduce((twin, [id, axis, diameterM = 0.3]) => twin.aPipe(id, [...axis], { section: { shape: 'circle', diameterM } }), TwinBuilder.with()))
  return nodePieces(buildTopology({ columns: builder.buildColumns([0, 0, 0]), nodes: builder.build().nodes }))
}
const at = (pieces: ReturnType<typeof piecesOf>, x: number, y: number) => pieces.find(piece => Math.hypot(piece.at[0] - x, piece.at[1] - y) < 0.01)!
const O: Vec3 = [0, 0, -1]

describe('what is built where lines meet', () => {
  it.each([
    ['a quarter bend', [['a', [[-10, 0, -1], O]], ['b', [O, [0, 10, -1]]]], 'bend', 90],
    ['a bend in level', [['a', [[-10, 0, -1], O]], ['b', [O, [10, 0, -11]]]], 'bend', 45],
    ['one size straight on', [['a', [[-10, 0, -1], O]], ['b', [O, [10, 0, -1]]]], 'coupling', null],
    ['two sizes straight on', [['a', [[-10, 0, -1], O]], ['b', [O, [10, 0, -1]], 0.2]], 'reducer', null],
    ['a square tee of three lines', [['a', [[-10, 0, -1], O]], ['b', [O, [10, 0, -1]]], ['c', [[0, 5, -1], O], 0.1]], 'tee', 90],
    ['a tee on a line that goes on', [['a', [[-10, 0, -1], [10, 0, -1]]], ['c', [[5, 5, -1], O], 0.1]], 'tee', 45],
    ['a cross', [['a', [[-10, 0, -1], O]], ['b', [O, [10, 0, -1]]], ['c', [[0, 5, -1], O]], ['d', [O, [0, -5, -1]]]], 'cross', null],
    ['an end', [['a', [[-10, 0, -1], O]]], 'end', null],
  ] as const)('%s', (_, lines, type, angleDeg) => {
    const piece = at(piecesOf(lines as unknown as Line[]), 0, 0)
    expect([piece.type, piece.angleDeg === null ? null : Math.round(piece.angleDeg * 1e6) / 1e6]).toEqual([type, angleDeg])
  })

  it('names the arms by their size, the widest first, each away from the piece', () => {
    const { arms } = at(piecesOf([['c', [[0, 5, -1], O], 0.1], ['a', [[-10, 0, -1], [10, 0, -1]]]]), 0, 0)
    expect(arms.map(({ widthM }) => widthM)).toEqual([0.3, 0.3, 0.1])
    expect(arms[2]!.direction.map(value => value + 0)).toEqual([0, 1, 0])
    expect(arms[0]!.direction.map((value, c) => value + arms[1]!.direction[c]!)).toEqual([0, 0, 0])
  })

  it('a well takes whatever ends in it', () => {
    const lines: Line[] = [['a', [[-10, 0, -1], O]], ['b', [O, [0, 10, -1]]], ['c', [O, [5, 5, -1]]]]
    const piece = at(piecesOf(lines, builder => builder.aManhole('M', [0, 0, 0], { bottomZ: -1.2, kind: 'water' })), 0, 0)
    expect([piece.type, piece.nodes.map(({ id }) => id), piece.arms.length]).toEqual(['well', ['M'], 3])
  })

  it('says of a survey table what its own 特征 column says: 三通, 弯头, a valve well', () => {
    const text = (name: string, rows: string) => ({ name, bytes: new TextEncoder().encode(rows) })
    const points = text('点.csv', '物探点号,特征,附属物,X,Y,地面高程,埋深\n1,起点,,3280000,500000,260,1.2\n2,三通,,3280050,500000,260,1.2\n3,弯头,,3280100,500000,260,1.2\n4,,检查井,3280100,500040,260,1.2\n5,终点,,3280050,500030,260,1.2\n')
    const lines = text('线.csv', '起点点号,终点点号,管线种类,管径,材质\n1,2,给水,300,铸铁\n2,3,给水,300,铸铁\n3,4,给水,300,铸铁\n2,5,给水,100,PE\n')
    const { assets, nodes } = importOf([points, lines])
    const columns = buildAssetColumns(assets, [500_000, 3_280_000, 0])
    const pieces = nodePieces(buildTopology({ columns, nodes }))
    const said = (id: string) => pieces.find(piece => piece.nodes.some(node => node.id === id))!
    expect(['1', '2', '3', '4', '5'].map(id => said(id).type)).toEqual(['end', 'tee', 'bend', 'well', 'end'])
    expect([Math.round(said('2').angleDeg!), Math.round(said('3').angleDeg!)]).toEqual([90, 90])
    // X is north: the first lines run north, the branch east.
    expect(said('2').arms.at(-1)!.direction[0]).toBeCloseTo(1, 3)
  })

  it('counts them by sort: one bend of 90°, one tee DN 300 × 100', () => {
    const builder = TwinBuilder.with().aPipe('a', [[-10, 0, -1], O], { section: { shape: 'circle', diameterM: 0.3 } }).aPipe('b', [O, [0, 40, -1]], { section: { shape: 'circle', diameterM: 0.3 } }).aPipe('c', [[0, 20, -1], [5, 20.4, -1]], { section: { shape: 'circle', diameterM: 0.1 } })
    const counts = countPieces(buildTopology({ columns: builder.buildColumns([0, 0, 0]), nodes: [] }))
    expect(counts).toEqual([
      { type: 'bend', kind: 'water', sizesMm: [300], angleDeg: 90, count: 1 }, { type: 'tee', kind: 'water', sizesMm: [300, 100], angleDeg: 90, count: 1 },
      { type: 'end', kind: 'water', sizesMm: [300], angleDeg: null, count: 2 }, { type: 'end', kind: 'water', sizesMm: [100], angleDeg: null, count: 1 },
    ])
  })

  it.skipIf(!hasSharedData('giswater-example/ud_arcs.geojson'))('real sewers: as many arms as line ends, every manhole with lines a well', () => {
    const [arcs, points] = ['ud_arcs', 'ud_nodes'].map(name => importOf(sharedData(`giswater-example/${name}.geojson`)))
    const inUse = arcs!.assets.filter(({ status }) => status === 'in_use')
    const topology = buildTopology({ columns: buildAssetColumns(arcs!.assets, [0, 0, 0]), nodes: points!.nodes })
    const pieces = nodePieces(topology)
    expect(pieces.reduce((sum, { arms }) => sum + arms.length, 0)).toBe(2 * topology.edgeCount)
    expect(topology.edgeCount).toBeGreaterThanOrEqual(inUse.length)
    for (const piece of pieces) if (piece.nodes.some(({ nodeType }) => nodeType === 'manhole')) expect(piece.type).toBe('well')
    expect(new Set(pieces.map(({ type }) => type)).has('well')).toBe(true)
  })
})
