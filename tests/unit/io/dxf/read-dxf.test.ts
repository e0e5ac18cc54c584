import { describe, expect, it } from 'vitest'
import { expectMutantsUnharmed, importOf } from '../mutate.ts'
import { hasSharedData, sharedData } from '../shared-data.ts'

const dxf = (...groups: (readonly [number, string | number])[]) => new TextEncoder().encode([[0, 'SECTION'], [2, 'HEADER'], [9, '$INSUNITS'], [70, 4], [0, 'ENDSEC'], [0, 'SECTION'], [2, 'ENTITIES'], ...groups, [0, 'ENDSEC'], [0, 'EOF']].map(([code, value]) => `${code}\n${value}\n`).join(''))
const vertex = (x: number, y: number, z: number) => [[0, 'VERTEX'], [8, 'GAS'], [10, x], [20, y], [30, z], [70, 32]] as const
const DRAWING = dxf(
  [0, 'POLYLINE'], [5, 'A1'], [8, '燃气管线'], [10, 0], [20, 0], [30, 0], [70, 8], ...vertex(1000, 2000, 3000), ...vertex(5000, 2000, 3500), [0, 'SEQEND'],
  [0, 'LWPOLYLINE'], [5, 'A2'], [8, 'WATER'], [90, 3], [70, 1], [38, 500], [10, 0], [20, 0], [10, 4000], [20, 0], [10, 4000], [20, 3000],
  [0, 'LINE'], [5, 'A3'], [8, 'WATER'], [10, 0], [20, 0], [30, 1000], [11, 9000], [21, 0], [31, 2000],
  [0, 'INSERT'], [5, 'A4'], [8, 'WATER'], [2, 'VALVE'], [10, 700_000], [20, 800_000], [30, 100], [0, 'TEXT'], [8, 'WATER'], [1, 'DN300'], [10, 0], [20, 0],
)
const file = (bytes: Uint8Array) => [{ name: 'd.dxf', bytes }]

describe('DXF', () => {
  it('reads polylines with their levels by layer, in the drawing\'s unit, and says what it leaves out', () => {
    const { assets, nodes, issues } = importOf(file(DRAWING))
    expect(assets.map(asset => [asset.id, asset.kind, asset.axis])).toEqual([
      ['A1', 'gas', [[1, 2, 3], [5, 2, 3.5]]], ['A2', 'water', [[0, 0, 0.5], [4, 0, 0.5], [4, 3, 0.5], [0, 0, 0.5]]], ['A3', 'water', [[0, 0, 1], [9, 0, 2]]],
    ])
    expect(nodes[0]).toMatchObject({ id: 'A4', at: [700, 800, 0.1] })
    expect(issues).toContainEqual({ code: 'feature_unsupported', severity: 'info', ref: 'd.dxf', context: { type: 'TEXT', count: 1 } })
  })

  it.each([['cut off', DRAWING.slice(0, -40)], ['binary', new TextEncoder().encode('AutoCAD Binary DXF\r\n')], ['no DXF', new TextEncoder().encode('hello\nworld\n')], ['empty', new Uint8Array()]])('refuses a file that is %s', (_name, bytes) => {
    expect(importOf(file(bytes)).refusal).not.toBeNull()
  })

  it('300 mutants are read or refused (seed 81)', () => {
    const { refused, read } = expectMutantsUnharmed(file(DRAWING), 0, ['\n', '0\nSECTION\n', '10\n', '1e999', 'NaN', '-1', '70\n80\n'], 81, 300)
    expect(Math.min(refused, read)).toBeGreaterThan(20)
  })

  it.skipIf(!hasSharedData('nanaimo-water'))('gives Nanaimo\'s 56 mains as the CityGML of the same network does, vertex by vertex', () => {
    const drawing = importOf(sharedData('nanaimo-water/nanaimo_water_pipes_3d.dxf'), 'EPSG:26910')
    const model = importOf(sharedData('nanaimo-water/nanaimo_water_pipes_utilitynetworkade092.gml'))
    expect([drawing.assets.length, model.assets.length]).toEqual([56, 56])
    const key = (axis: readonly (readonly number[])[]) => axis.flat().map(value => value.toFixed(3)).join(' ')
    expect(drawing.assets.map(asset => key(asset.axis)).sort()).toEqual(model.assets.map(asset => key(asset.axis)).sort())
  })
})
