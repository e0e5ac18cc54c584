import { describe, expect, it } from 'vitest'
import { readCanonicalGeoJson } from '#shared/io/canonical/read-canonical.ts'
import { lookUpCrs } from '#shared/io/crs.ts'
import { inCrs, type ExportNetwork } from '#shared/io/export/export-network.ts'
import { writeCanonicalGeoJson } from '#shared/io/export/write-geojson.ts'
import { ASSUMED, type AssetRecord } from '#shared/twin/asset.ts'
import { ASSET_KINDS, ASSET_STATUSES, LAYINGS, NODE_TYPES, PRESSURE_CLASSES } from '#shared/twin/kinds.ts'
import { CancelledError } from '#shared/core/job.ts'
import { aProposal } from '#tests/builders/project-fixtures.ts'
import { anAsset } from '#tests/builders/twin-builder.ts'

const NOTHING: ExportNetwork = { crs: null, assets: [], nodes: [], proposals: [], ground: null }
const textOf = (network: Partial<ExportNetwork>) => [...writeCanonicalGeoJson({ ...NOTHING, ...network })].join('')
const back = (network: Partial<ExportNetwork>) => readCanonicalGeoJson(new TextEncoder().encode(textOf(network)))

/** An asset without a property that may be unknown, so that each is tried absent as well. */
function bare(fields: Partial<AssetRecord> & Pick<AssetRecord, 'id'>): AssetRecord {
  const { id, kind, owner, section, axis, status, assumed, attributes } = anAsset(fields)
  return { id, kind, owner, section, axis, status, assumed, attributes }
}

describe('canonical GeoJSON reads back as what was written', () => {
  it('assets of every kind, status, laying and pressure class, with doubles to the last digit', () => {
    const axis = [[362_399.907_021_123_4, 3_271_780.084_143, 294.213_086], [362_406.723_652, 3_271_781.525_869, 0.1 + 0.2]] as const
    const assets = [
      ...ASSET_KINDS.map(kind => anAsset({ id: `k ${kind}`, kind, axis, owner: '重庆，"燃气"公司' })),
      ...ASSET_STATUSES.map(status => bare({ id: `s ${status}`, status, owner: '' })),
      ...LAYINGS.map(laying => anAsset({ id: `l ${laying}`, laying })),
      ...PRESSURE_CLASSES.map(pressureClass => anAsset({ id: `p ${pressureClass}`, kind: 'gas', pressureClass })),
      bare({ id: '矩形', section: { shape: 'rectangle', widthM: 1.2, heightM: 0.8 }, attributes: { 材质: '球墨铸铁', year: 1987, live: true, note: null } }),
    ]
    const { value, issues } = back({ crs: 'EPSG:4545', assets })
    expect(value).toMatchObject({ crs: 'EPSG:4545', nodes: [], proposals: [] })
    expect(value.assets).toEqual(assets)
    expect(issues).toEqual([])
  })
  it('every sum of assumption marks, which an attribute of that name does not disturb', () => {
    const all = Object.values(ASSUMED).reduce((sum, flag) => sum | flag, 0)
    const assets = Array.from({ length: all + 1 }, (_, assumed) => anAsset({ id: `a${assumed}`, assumed }))
    expect(back({ assets }).value.assets).toEqual(assets)
    const [read] = back({ assets: [anAsset({ id: 'x', attributes: { assumed: 'level' } })] }).value.assets
    expect(read).toMatchObject({ assumed: 0, attributes: { source_assumed: 'level' } })
  })
  it('attributes that would move the axis or change the size are set apart', () => {
    const asset = anAsset({ id: 'x', attributes: { levelReference: 'invert', wallM: 0.02, diameterM: 9, scenario: true } })
    const { value } = back({ assets: [asset] })
    expect(value.assets).toEqual([{ ...asset, attributes: { source_levelReference: 'invert', source_wallM: 0.02, source_diameterM: 9, source_scenario: true } }])
  })
  it('nodes of every type, with and without bottom and diameter', () => {
    const nodes = NODE_TYPES.map((nodeType, i) => ({
      id: `n${i}`, nodeType, kind: 'water' as const, owner: '自来水公司', at: [10 + i, 20, 30.5] as const, attributes: { 备注: '井盖' }, ...(i % 2 === 0 && { bottomZ: 27.25, diameterM: 1.2 }),
    }))
    expect(back({ nodes }).value.nodes).toEqual(nodes)
  })
  it('proposals of several schemes stay proposals, each id once', () => {
    const proposals = [
      { scheme: '方案A', proposal: aProposal('X', { name: '新燃气管', pressureClass: 'medium_a', laying: 'direct' }) },
      { scheme: '方案B', proposal: aProposal('X', { kind: 'power', voltageKv: 110, section: { shape: 'rectangle', widthM: 1, heightM: 0.5 } }) },
    ]
    const { value, issues } = back({ assets: [anAsset({ id: 'X~2' })], proposals })
    expect(issues).toEqual([])
    expect(value.assets.map(({ id }) => id)).toEqual(['X~2'])
    const planned = { status: 'planned', owner: '', assumed: 0 }
    expect(value.proposals).toEqual([
      { ...planned, id: 'X', kind: 'gas', section: { shape: 'circle', diameterM: 0.3 }, axis: proposals[0]!.proposal.axis, pressureClass: 'medium_a', laying: 'direct', attributes: { name: '新燃气管', scheme: '方案A' } },
      { ...planned, id: 'X~3', kind: 'power', section: { shape: 'rectangle', widthM: 1, heightM: 0.5 }, axis: proposals[1]!.proposal.axis, voltageKv: 110, attributes: { scheme: '方案B' } },
    ])
    expect(textOf({ proposals })).toMatch(/"scenario":true\}/)
  })
  it('nothing at all', () => {
    expect(JSON.parse(textOf({}))).toEqual({ type: 'FeatureCollection', features: [] })
  })
})

describe('in another coordinate system', () => {
  const at = [362_400, 3_271_780, 294] as const
  const network = { ...NOTHING, crs: 'EPSG:4545', assets: [anAsset({ id: 'x', axis: [at, [362_500, 3_271_780, 290]] })], nodes: [{ id: 'n', nodeType: 'valve' as const, kind: 'water' as const, owner: '', at, attributes: {} }], proposals: [{ scheme: 'A', proposal: aProposal('p', { axis: [at, at] }) }] }
  it('degrees have the longitude first, and come back within a tenth of a millimetre with their levels', () => {
    const degrees = inCrs(network, lookUpCrs('EPSG:4545')!, lookUpCrs('EPSG:4490')!)!
    for (const [lon, lat, z] of [degrees.assets[0]!.axis[0]!, degrees.nodes[0]!.at, degrees.proposals[0]!.proposal.axis[0]!]) {
      expect(lon).toBeCloseTo(106.580237, 5)
      expect(lat).toBeCloseTo(29.556383, 5)
      expect(z).toBe(294)
    }
    const home = inCrs(degrees, lookUpCrs('EPSG:4490')!, lookUpCrs('EPSG:4545')!)!.assets[0]!.axis[1]!
    expect(Math.hypot(home[0] - 362_500, home[1] - 3_271_780)).toBeLessThan(1e-4)
  })
  it('what cannot be expressed there is refused', () => {
    // Chongqing in the zone of Barcelona.
    expect(inCrs(network, lookUpCrs('EPSG:4545')!, lookUpCrs('EPSG:25831')!)).toBeNull()
  })
})

it('is cancelled between features', () => {
  const job = { progress: () => undefined, throwIfCancelled: () => { throw new CancelledError() } }
  expect(() => [...writeCanonicalGeoJson({ ...NOTHING, assets: [anAsset({ id: 'x' })] }, job)]).toThrow(CancelledError)
})
