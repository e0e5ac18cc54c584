import { describe, expect, it } from 'vitest'
import { checkNetwork } from '#shared/clearance/check.ts'
import { prepareClearance } from '#shared/clearance/prepare.ts'
import { buildAssetColumns } from '#shared/twin/asset-columns.ts'
import type { AssetRecord, Vec3 } from '#shared/twin/asset.ts'
import type { GridSurface } from '#shared/twin/ground.ts'
import type { AssetKind, SurfaceClass } from '#shared/twin/kinds.ts'
import type { SurfaceFeature } from '#shared/twin/surface-feature.ts'
import { shipped } from './packs.ts'

/** A line 0.2 m thick in plan and height unless said otherwise, known exactly. */
const line = (id: string, kind: AssetKind, axis: readonly Vec3[], extra: Partial<AssetRecord> = {}): AssetRecord => ({
  id, kind, axis: [...axis], owner: '', section: { shape: 'circle', diameterM: 0.2 }, status: 'in_use', assumed: 0, attributes: {},
  accuracyPlanM: 0, accuracyLevelM: 0, ...extra,
})
/** Along x at y, 20 m, level z. */
const along = (y: number, z = 0): readonly Vec3[] => [[0, y, z], [20, y, z]]
/** Across x = 10, level z. */
const across = (z: number): readonly Vec3[] => [[10, -10, z], [10, 10, z]]

interface Row { readonly rule: string; readonly required: number; readonly found: number; readonly mandatory: boolean; readonly clause: string }

function rowsOf(id: string, assets: readonly AssetRecord[], ground?: GridSurface, surfaceFeatures: readonly SurfaceFeature[] = []): Row[] {
  const { findings } = checkNetwork(prepareClearance({ assets: buildAssetColumns(assets, [0, 0, 0]), pack: shipped(id), ground: ground ?? null, surfaceFeatures }))
  return findings.map(({ rule, required, found, mandatory, clause }) => ({ rule, required, found: Math.round(found * 1e6) / 1e6, mandatory, clause }))
}

const level = (z: number): GridSurface => ({ type: 'grid', name: 'ground', cols: 2, rows: 2, cellSizeM: 100, x0: -50, y0: -50, z: new Float64Array(4).fill(z) })
const ground = (type: SurfaceClass): SurfaceFeature => ({ id: type, type, geometry: 'polygon', points: [[-40, -40], [40, -40], [40, 40], [-40, 40]], name: '', attributes: {} })

describe('a small network under each pack: one row short, with the arithmetic', () => {
  it('GB 50028: gas medium A 1.3 m from a sewer at 1.2', () => {
    const gas = (y: number) => [line('g', 'gas', along(y), { pressureClass: 'medium_a' }), line('s', 'sewer_foul', along(0))]
    // 1.3 − 0.1 − 0.1 = 1.1 < 1.2; at 1.4 it holds.
    expect(rowsOf('gb50028-2006', gas(1.3))).toEqual([{ rule: 'horizontal', required: 1.2, found: 1.1, mandatory: false, clause: 'Table 6.3.3-1' }])
    expect(rowsOf('gb50028-2006', gas(1.4))).toEqual([])
  })

  it('GB 50028: two gas mains by their size; mixed sizes as the larger', () => {
    const pair = (a: number, b: number) => [a, b].map((diameterM, i) =>
      line(`g${i}`, 'gas', along(i * (0.45 + (a + b) / 2)), { pressureClass: 'low', section: { shape: 'circle', diameterM } }))
    // 0.45 clear: enough at 0.4, short at 0.5.
    expect(rowsOf('gb50028-2006', pair(0.3, 0.3))).toEqual([])
    expect(rowsOf('gb50028-2006', pair(0.3, 0.4))).toMatchObject([{ rule: 'horizontal', required: 0.5, found: 0.45, mandatory: true }])
  })

  it('GB 50028: cover 0.8 is short under the roadway and enough under the footway', () => {
    // 0.9 − 0 − 0.1 = 0.8.
    const covered = (surface: SurfaceClass) => rowsOf('gb50028-2006', [line('g', 'gas', along(0))], level(0.9), [ground(surface)])
    expect(covered('roadway')).toEqual([{ rule: 'cover', required: 0.9, found: 0.8, mandatory: true, clause: '6.3.4' }])
    expect(covered('footway')).toEqual([])
  })

  it('GB 50217: a direct-buried cable 1 m from gas and 2 m from heat', () => {
    const cable = line('p', 'power', along(0), { laying: 'direct' })
    // 1.1 − 0.2 = 0.9 < 1; 2.3 − 0.2 = 2.1 holds.
    expect(rowsOf('gb50217-2007', [cable, line('g', 'gas', along(1.1)), line('h', 'heat', along(-2.3))]))
      .toEqual([{ rule: 'horizontal', required: 1, found: 0.9, mandatory: true, clause: 'Table 5.3.5' }])
    expect(rowsOf('gb50217-2007', [{ ...cable, laying: 'duct' }, line('g', 'gas', along(1.1))])).toEqual([])
  })

  it('GB 50373: a duct crossing gas 0.2 m clear at 0.3', () => {
    // 0.4 − 0.1 − 0.1 = 0.2.
    expect(rowsOf('gb50373', [line('t', 'telecom', along(0), { laying: 'duct' }), line('g', 'gas', across(-0.4), { pressureClass: 'low' })]))
      .toMatchObject([{ rule: 'vertical', required: 0.3, found: 0.2, mandatory: false }])
  })

  it('GB 50838: a pipe over a tunnel 3 m high, 0.4 m clear at 0.5', () => {
    const tunnel = line('t', 'tunnel', along(0, -3), { section: { shape: 'rectangle', widthM: 4, heightM: 3 } })
    // Roof at −3 + 1.5 = −1.5; pipe bottom at −1.0 − 0.1 = −1.1.
    expect(rowsOf('gb50838-2015', [tunnel, line('w', 'water', across(-1))])).toEqual([{ rule: 'vertical', required: 0.5, found: 0.4, mandatory: false, clause: 'Table 5.2.2' }])
  })

  it('GB 50014: a storm sewer under water 0.3 m clear at 0.4', () => {
    // 0.5 − 0.1 − 0.1 = 0.3.
    expect(rowsOf('gb50014-2021', [line('w', 'water', along(0)), line('s', 'sewer_storm', across(-0.5))]))
      .toEqual([{ rule: 'vertical', required: 0.4, found: 0.3, mandatory: true, clause: 'Appendix C' }])
  })

  it('Ten States: either 10 ft apart or 18 in over it', () => {
    const rows = (y: number, z: number) => rowsOf('ten-states', [line('w', 'water', along(y, z)), line('s', 'sewer_foul', along(0))])
    // 2 m apart, 0.6 − 0.2 = 0.4 over it: neither. 0.7 − 0.2 = 0.5 over it, or 3.3 − 0.2 = 3.1 apart, is enough.
    expect(rows(2, 0.6)).toMatchObject([{ rule: 'either', required: 0.4572, found: 0.4, mandatory: false }])
    expect([rows(2, 0.7), rows(3.3, 0)]).toEqual([[], []])
  })

  it('49 CFR 192: 0.3 m clear of a sewer at 12 in, on the slant', () => {
    // Axes 0.3 over and 0.4 beside: 0.5 apart, 0.3 clear.
    expect(rowsOf('us-49cfr192', [line('g', 'gas', along(0.4, 0.3)), line('s', 'sewer_foul', along(0))]))
      .toEqual([{ rule: 'distance', required: 0.3048, found: 0.3, mandatory: false, clause: '192.325' }])
  })

  it('Germany: water 0.3 m beside a cable at 0.4, and everything covered by 0.5', () => {
    const pair = [line('w', 'water', along(0)), line('p', 'power', along(0.5))]
    expect(rowsOf('de-practice', pair)).toEqual([{ rule: 'horizontal', required: 0.4, found: 0.3, mandatory: false, clause: 'DVGW W 400-1' }])
    // 0.55 − 0.1 = 0.45.
    expect(rowsOf('de-practice', [line('t', 'telecom', along(0))], level(0.55))).toEqual([{ rule: 'cover', required: 0.5, found: 0.45, mandatory: true, clause: 'DIN 1998:2018-07' }])
  })

  it('Britain: water too shallow and too deep; cables by voltage', () => {
    const cover = (asset: AssetRecord, z: number) => rowsOf('uk-street-works', [asset], level(z), [ground('roadway')])
    // 0.8 − 0.1 = 0.7 < 0.75; 1.6 − 0.1 = 1.5 > 1.35.
    expect(cover(line('w', 'water', along(0)), 0.8)).toMatchObject([{ rule: 'cover', required: 0.75, found: 0.7 }])
    expect(cover(line('w', 'water', along(0)), 1.6)).toMatchObject([{ rule: 'cover_max', required: 1.35, found: 1.5 }])
    expect([0.4, 11, 33, 6.6].map(voltageKv => cover(line('p', 'power', along(0), { voltageKv }), 0.6).map(row => row.required))).toEqual([[0.6], [0.75], [0.9], []])
  })

  it('Britain: a cable 0.25 m clear of gas at 0.3', () => {
    expect(rowsOf('uk-street-works', [line('g', 'gas', along(0)), line('p', 'power', along(0.45))])).toMatchObject([{ rule: 'distance', required: 0.3, found: 0.25, mandatory: false }])
  })

  it('EN 805: water over gas 0.1 m clear at 0.2', () => {
    expect(rowsOf('en805', [line('w', 'water', along(0)), line('g', 'gas', across(-0.3))])).toMatchObject([{ rule: 'vertical', required: 0.2, found: 0.1, mandatory: false }])
  })
})
