import { describe, expect, it } from 'vitest'
import { unattendedJob } from '#shared/core/job.ts'
import { seededRandom, type Random } from '#shared/core/random.ts'
import { importReadings } from '#shared/io/apply/import-readings.ts'
import { proposeMapping } from '#shared/io/propose/propose-mapping.ts'
import { readSource, refusalOf } from '#shared/io/read-source.ts'
import { readCanonicalGeoJson } from '#shared/io/canonical/read-canonical.ts'
import { DEFAULT_IMPORT_LIMITS } from '#shared/io/source.ts'
import { bytesOf, collection, line, point } from './geojson-source.ts'

const CANONICAL = collection([
  line([[0, 0, 1], [10, 0, 2]], { id: 'a', kind: 'water', diameterM: 0.3, owner: '水务' }),
  { type: 'Feature', scenario: true, properties: { id: 'b', kind: 'gas', widthM: 1, heightM: 2, levelReference: 'invert' }, geometry: { type: 'MultiLineString', coordinates: [[[0, 5, 1], [1, 5, 1]], [[4, 5, 1], [5, 5, 1]]] } },
  point([3, 3, 3], { id: 'n', kind: 'water', nodeType: 'valve' }),
])
const MAPPED = collection([
  line([[2.05, 41.35], [2.051, 41.351]], { GXBH: 'x1', GJ: 'DN300', QDMS: 1.2, ZDMS: 0, 权属单位: '燃气', state: 1 }),
  { type: 'Feature', properties: { GXBH: 'x2', GJ: '600X400' }, geometry: null },
  line([[2.05, 41.36], [2.051, 41.361]], { GXBH: 'x1', GJ: null, nested: { deep: [1, { a: 2 }] } }),
], { crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } } })

/** Bytes that matter to a JSON reader more often than others. */
const PIECES = ['"', '\\', '{', '}', '[', ']', ',', ':', '\0', '\x1e', '\n', 'null', 'NaN', '-', '1e999', '1e-400', '""', '\\u0000', '\\ud800', '[[[[', '{"type":', '"__proto__":', 'é', '管'].map(bytesOf)

function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let mutated = [...bytes]
  for (let n = 1 + random.int(4); n > 0; n--) {
    const at = random.int(mutated.length + 1)
    const length = random.chance(0.8) ? random.int(4) : random.int(200)
    switch (random.int(6)) {
      case 0: mutated.splice(at, 1, random.int(256)); break
      case 1: mutated.splice(at, length); break
      case 2: mutated.splice(at, random.int(3), ...random.pick(PIECES)); break
      case 3: mutated.splice(at, 0, ...mutated.slice(at, at + length)); break
      case 4: mutated = mutated.slice(0, at); break
      default: mutated.splice(at, 0, ...mutated.splice(random.int(mutated.length + 1), length))
    }
  }
  return Uint8Array.from(mutated)
}

const isWhole = (axis: readonly (readonly number[])[]) => axis.length >= 2 && axis.every(position => position.length === 3 && position.every(Number.isFinite))

describe('mutated GeoJSON never crashes, hangs or half-imports', () => {
  it.each([['canonical', CANONICAL, 1], ['mapped', MAPPED, 2]] as const)('%s, 1000 mutations (seed %#)', (_name, original, seed) => {
    const random = seededRandom(seed)
    const bytes = bytesOf(original)
    let [refused, read] = [0, 0]
    for (let n = 0; n < 1000; n++) {
      const mutated = mutate(bytes, random)
      const where = `mutation ${n} of seed ${seed}: ${new TextDecoder().decode(mutated)}`
      readCanonicalGeoJson(mutated)
      const source = readSource([{ name: 'm.geojson', bytes: mutated }], DEFAULT_IMPORT_LIMITS, unattendedJob)
      if (refusalOf(source)) {
        refused++
        expect(source.value.layers, where).toEqual([])
        continue
      }
      read++
      const { value, issues } = importReadings([{ reading: source.value, mappings: source.value.layers.map(proposeMapping) }], { crs: 'own', surface: null, assetIds: [] }, unattendedJob)
      const all = [...value.assets, ...value.proposals]
      expect(all.every(asset => isWhole(asset.axis)), where).toBe(true)
      expect(new Set(all.map(asset => asset.id)).size, where).toBe(all.length)
      // Every feature read is in the records or named by an issue.
      const features = source.value.layers.flatMap(layer => layer.features)
      const told = new Set([...source.issues, ...issues].map(issue => issue.ref ?? ''))
      const layersLeftOut = [...issues].filter(issue => issue.code === 'feature_unsupported').length
      const lost = features.length - all.filter(asset => !('partOf' in asset.attributes)).length - value.nodes.length
      expect(lost <= layersLeftOut + told.size, where).toBe(true)
    }
    // The test means something only if both outcomes occur often.
    expect(Math.min(refused, read)).toBeGreaterThan(100)
  })
})

describe('the order of things in a file does not matter', () => {
  const importOf = (value: unknown) => readCanonicalGeoJson(bytesOf(value)).value

  it('shuffled features give the same assets (seed 3)', () => {
    const random = seededRandom(3)
    const features = Array.from({ length: 40 }, (_, i) => line([[i, 0, 1], [i, 9, 2]], { id: `p${i}`, kind: 'water', diameterM: 0.1 + i / 100 }))
    const byId = (value: unknown) => [...importOf(value).assets].sort((a, b) => (a.id < b.id ? -1 : 1))
    const shuffled = features.map(feature => ({ feature, at: random.next() })).sort((a, b) => a.at - b.at).map(({ feature }) => feature)
    expect(byId(collection(shuffled))).toEqual(byId(collection(features)))
  })

  it('reversed keys give the same records', () => {
    const reversed = (value: unknown): unknown =>
      Array.isArray(value) ? value.map(reversed)
      : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, reversed(inner)]))
      : value
    expect(importOf(reversed(CANONICAL))).toEqual(importOf(CANONICAL))
  })

  it('blanks and line ends give the same records', () => {
    expect(importOf(JSON.stringify(CANONICAL, null, '\t').replaceAll('\n', '\r\n'))).toEqual(importOf(CANONICAL))
  })
})
