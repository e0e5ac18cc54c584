import { describe, expect, it } from 'vitest'
import type { ExportNetwork } from '#shared/io/export/export-network.ts'
import type { AssetRecord, Attributes, NodeRecord } from '#shared/twin/asset.ts'
import { importOf } from '../io/mutate.ts'
import { aNetwork, written } from './a-network.ts'

/** import(export(x)): what comes back of a file, in the system it came from. */
const back = (extension: string, network: ExportNetwork) => importOf([{ name: `网${extension}`, bytes: written(extension, network) }], network.crs)

const byId = <T extends { readonly id: string }>(items: readonly T[]): T[] => [...items].sort((a, b) => (a.id < b.id ? -1 : 1))
/** Coordinates to the micrometre, everything else exactly. */
const rounded = <T extends AssetRecord | NodeRecord>(record: T): object =>
  JSON.parse(JSON.stringify(record, (_key, value: unknown) => (typeof value === 'number' && !Number.isInteger(value) ? Math.round(1e6 * value) / 1e6 : value))) as object
const asText = (attributes: Attributes): Attributes => Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null).map(([key, value]) => [key, typeof value === 'boolean' ? value : String(value)]))

describe.each(['.geojson', '.dxf', '.ifc', '.json'])('%s carries every record whole', extension => {
  const network = aNetwork()
  const outcome = back(extension, network)
  it('assets and nodes come back as they were', () => {
    expect(byId(outcome.assets).map(rounded)).toEqual(byId(network.assets).map(rounded))
    expect(byId(outcome.nodes).map(rounded)).toEqual(byId(network.nodes).map(rounded))
  })
  it('proposals come back as proposals, copies under a name of their own', () => {
    expect(byId(outcome.proposals).map(({ id, kind, axis, attributes }) => [id, kind, axis.length, attributes['scheme']])).toEqual([['N1', 'gas', 2, '方案A'], ['N1~2', 'gas', 2, '方案B']])
  })
  it('nothing is noticed that is wrong', () => {
    expect(outcome.refusal).toBeNull()
    expect(outcome.issues.filter(issue => issue.severity !== 'info' && issue.code !== 'crs_assumed')).toEqual([])
  })
})

describe('.xml (LandXML)', () => {
  const network = aNetwork()
  const outcome = back('.xml', network)
  it('lines come back with their bends and levels; attributes as texts', () => {
    const expected = network.assets.map(asset => ({ ...asset, attributes: asText(asset.attributes) }))
    expect(byId(outcome.assets).map(rounded)).toEqual(byId(expected).map(rounded))
  })
  it('nodes come back and connections at bends do not become some', () => {
    expect(byId(outcome.nodes).map(rounded)).toEqual(byId(network.nodes).map(rounded))
  })
  it('the ground comes back as a TIN of the grid: five points of it are known, one face between them', () => {
    const [ground] = outcome.grounds
    expect(ground).toMatchObject({ type: 'tin', name: '地面' })
    expect(ground?.type === 'tin' && [...ground.xyz.slice(0, 3), ground.xyz.length / 3, ground.faces.length / 3]).toEqual([603_500, 3_272_000, 244, 5, 1])
  })
})

it('.ifc brings the ground along', () => {
  const [ground] = back('.ifc', aNetwork()).grounds
  expect(ground?.type === 'tin' && [ground.xyz.length / 3, ground.faces.length / 3, ground.xyz[2]]).toEqual([5, 1, 244])
})

it('in a local frame everything lies where it was', () => {
  const network: ExportNetwork = { ...aNetwork(), crs: null }
  for (const extension of ['.geojson', '.dxf', '.ifc', '.json', '.xml']) {
    const { assets } = importOf([{ name: `x${extension}`, bytes: written(extension, network) }], null)
    expect(byId(assets).map(asset => asset.axis.map(place => place.map(value => Number(value.toFixed(5))))), extension).toEqual(byId(network.assets).map(asset => asset.axis.map(place => place.map(value => Number(value.toFixed(5))))))
  }
})

it('an empty network makes a file of each format', () => {
  const empty: ExportNetwork = { crs: null, assets: [], nodes: [], proposals: [], ground: null }
  for (const extension of ['.geojson', '.dxf', '.ifc', '.json', '.xml', '.glb', '.xlsx', 'epanet', 'swmm']) expect(written(extension, empty).length, extension).toBeGreaterThan(20)
})
