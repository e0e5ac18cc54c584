import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runImportTask, type TrialImport } from '#main/services/import/import-task.ts'
import { unattendedJob } from '#shared/core/job.ts'
import type { AssetRecord, OuterSection } from '#shared/twin/asset.ts'

/** Where one network is there in two formats, both give the same assets, lengths, sizes and inverts within a millimetre. */
const DATA = new URL('../../../shared/data/', import.meta.url)
const MILLIMETRE = 1e-3

function assetsOf(path: string, crs: string | 'own' = 'own') {
  const outcome = runImportTask({ do: 'import', files: [{ path: new URL(path, DATA).pathname, mappings: [] }], crs: crs === 'own' ? 'own' : { fixed: crs }, ground: null, assetIds: null, withRecords: true }, unattendedJob) as TrialImport
  return { assets: new Map(outcome.records!.assets.map(asset => [asset.id, asset])), nodes: new Map(outcome.records!.nodes.map(node => [node.id, node])) }
}

const sizes = (section: OuterSection): number[] => (section.shape === 'circle' ? [section.diameterM, section.diameterM] : [section.widthM, section.heightM])
const levels = ({ axis }: AssetRecord): number[] => [axis[0]![2], axis.at(-1)![2]]
const number = (value: unknown): number => (typeof value === 'number' ? value : NaN)

/** Largest difference over all assets of what `of` gives; both sides have to have the same ids. */
function largest(a: ReadonlyMap<string, AssetRecord>, b: ReadonlyMap<string, AssetRecord>, of: (asset: AssetRecord) => readonly number[]): number {
  expect([...a.keys()].sort()).toEqual([...b.keys()].sort())
  return Math.max(...[...a].flatMap(([id, asset]) => of(asset).map((value, i) => Math.abs(value - of(b.get(id)!)[i]!))))
}

describe.skipIf(!existsSync(DATA))('one network in two formats', () => {
  it.each(['1', '2'])('LandXML and IFC (DrainageSystem-1-%s): pipes vertex by vertex, sizes, manholes from rim to sump', n => {
    const [xml, ifc] = [assetsOf('ifc-infra-unit-test/DrainageSystem-1-1.xml', 'EPSG:3878'), assetsOf(`ifc-infra-unit-test/DrainageSystem-1-${n}.ifc`, 'EPSG:3878')]
    expect(xml.assets.size).toBe(6)
    expect(largest(xml.assets, ifc.assets, asset => asset.axis.flat())).toBeLessThan(MILLIMETRE)
    expect(largest(xml.assets, ifc.assets, asset => sizes(asset.section))).toBeLessThan(MILLIMETRE)
    for (const [id, { at, bottomZ, diameterM }] of xml.nodes) {
      const other = ifc.nodes.get(id)!
      for (const [mine, theirs] of [...at.map((value, i) => [value, other.at[i]] as const), [bottomZ, other.bottomZ] as const, [diameterM, other.diameterM] as const]) expect(Math.abs(mine! - theirs!), id).toBeLessThan(MILLIMETRE)
    }
    // The first pipe: invert 124.984735 in the file, inside radius (0.400 − 2 · 0.060) / 2.
    expect(xml.assets.get('8')!.axis[0]![2]).toBeCloseTo(124.984735 + 0.14, 6)
  })
  it('GeoJSON and EPANET (ky4): stated lengths and sizes of 1156 pipes', () => {
    const [json, inp] = [assetsOf('wntr/ky4_pipes.geojson'), assetsOf('wntr/ky4.inp')]
    expect(json.assets.size).toBe(1156)
    expect(largest(json.assets, inp.assets, asset => sizes(asset.section))).toBeLessThan(MILLIMETRE)
    expect(largest(json.assets, inp.assets, asset => [number(asset.attributes['lengthM'] ?? asset.attributes['length'])])).toBeLessThan(MILLIMETRE)
  })
  it.each(['mycons_prj.shp', 'mycons_prj.geojson', 'norfolk_model_conduits.gpkg'])('%s and SWMM (Norfolk): sizes and levels of 374 conduits', file => {
    const [gis, inp] = [assetsOf(`norfolk-stormwater/${file}`), assetsOf('norfolk-stormwater/brambleton.inp')]
    expect(gis.assets.size).toBe(374)
    expect(largest(gis.assets, inp.assets, asset => sizes(asset.section))).toBeLessThan(MILLIMETRE)
    expect(largest(gis.assets, inp.assets, levels)).toBeLessThan(MILLIMETRE)
    // Feet in both: the shapefile keeps them, the model's reader says metres.
    expect(largest(gis.assets, inp.assets, asset => [number(asset.attributes['lengthM'] ?? number(asset.attributes['Length']) * 0.3048)])).toBeLessThan(MILLIMETRE)
  })
})
