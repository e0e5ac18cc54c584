import { describe, expect, it } from 'vitest'
import { refusalOf } from '#shared/io/read-source.ts'
import { bytesOf, codesOf, collection, line, point, readText } from '../geojson-source.ts'

const A = [[0, 0], [100, 0]]
const B = [[0, 50], [100, 50]]
const featuresOf = (text: unknown) => readText(text).value.layers.flatMap(layer => layer.features)

describe('GeoJSON in every form', () => {
  it.each([
    ['FeatureCollection', JSON.stringify(collection([line(A), line(B)]))],
    ['one feature per line', `${JSON.stringify(line(A))}\n${JSON.stringify(line(B))}\n`],
    ['RFC 8142 sequence', `\x1e${JSON.stringify(line(A))}\n\x1e${JSON.stringify(line(B))}\n`],
    ['bare geometries per line', `${JSON.stringify(line(A).geometry)}\n${JSON.stringify(line(B).geometry)}`],
    ['two collections in a row', `${JSON.stringify(collection([line(A)]))}${JSON.stringify(collection([line(B)]))}`],
    ['features before the type', `{"features":[${JSON.stringify(line(A))},${JSON.stringify(line(B))}],"type":"FeatureCollection"}`],
  ])('reads the same two lines from a %s', (_form, text) => {
    expect(featuresOf(text).map(feature => feature.parts)).toEqual([[A], [B]])
  })

  it('reads a single feature and a bare geometry', () => {
    expect(featuresOf(line(A, { a: 1 }))).toMatchObject([{ parts: [A], properties: { a: 1 } }])
    expect(featuresOf(line(A).geometry)).toMatchObject([{ parts: [A], properties: {} }])
  })

  it('puts lines and points of one file into a layer each, the first under the file name', () => {
    const { layers } = readText(collection([line(A, { x: 1 }), point([1, 2], { y: 2 })])).value
    expect(layers.map(layer => [layer.name, layer.geometry, layer.features.length])).toEqual([['net', 'line', 1], ['net:point', 'point', 1]])
  })

  it('reads a collection of geometries as one feature per class', () => {
    const geometry = { type: 'GeometryCollection', geometries: [{ type: 'LineString', coordinates: A }, { type: 'Point', coordinates: [5, 5] }, { type: 'LineString', coordinates: B }] }
    expect(featuresOf({ type: 'Feature', properties: {}, geometry }).map(({ geometry, parts }) => [geometry, parts.length])).toEqual([['line', 2], ['point', 1]])
  })

  it.each([
    [{ type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::25831' } }, 'EPSG:25831'],
    [{ type: 'name', properties: { name: 'EPSG:4545' } }, 'EPSG:4545'],
    [{ type: 'name', properties: { name: 'urn:ogc:def:crs:OGC:1.3:CRS84' } }, 'EPSG:4326'],
    [{ type: 'EPSG', properties: { code: 2154 } }, 'EPSG:2154'],
    [{ type: 'name', properties: { name: 'http://www.opengis.net/def/crs/EPSG/0/28992' } }, 'EPSG:28992'],
  ])('understands the crs member %j', (crs, code) => {
    expect(readText(collection([line(A)], { crs })).value.layers[0]!.crs).toBe(code)
  })

  it('says when a crs member names nothing known', () => {
    expect(codesOf(readText(collection([line(A)], { crs: { type: 'link', properties: { href: 'x' } } })))).toContain('crs_missing')
  })
})

describe('text encodings', () => {
  const text = JSON.stringify(collection([line(A, { 权属单位: '重庆燃气集团', 材质: '球墨铸铁' })]))
  const owner = (bytes: Uint8Array) => featuresOf(bytes)[0]!.properties['权属单位']
  const utf16 = (bigEndian: boolean, mark: boolean) => {
    const units = mark ? `\ufeff${text}` : text
    const bytes = new Uint8Array(2 * units.length)
    for (let i = 0; i < units.length; i++) new DataView(bytes.buffer).setUint16(2 * i, units.charCodeAt(i), !bigEndian)
    return bytes
  }
  it('reads UTF-8 with a byte order mark without remark', () => {
    const reading = readText(bytesOf(`\ufeff${text}`))
    expect(reading.issues).toEqual([])
    expect(owner(bytesOf(`\ufeff${text}`))).toBe('重庆燃气集团')
  })
  it.each([['little endian with mark', false, true], ['big endian with mark', true, true], ['little endian', false, false], ['big endian', true, false]])('reads UTF-16 %s', (_name, bigEndian, mark) => {
    expect(owner(utf16(bigEndian, mark))).toBe('重庆燃气集团')
    expect(codesOf(readText(utf16(bigEndian, mark)))).toEqual(['encoding'])
  })
  it('reads GBK and says so', () => {
    // 权属 in GB 2312: C8A8 CAF4; the second byte of 誠 (D55C) is a backslash, which JSON must not see.
    const bytes = Uint8Array.from([...bytesOf('{"type":"Feature","properties":{"'), 0xc8, 0xa8, 0xca, 0xf4, ...bytesOf('":"'), 0xd6, 0xd8, 0xc7, 0xec, 0xd5, 0x5c, ...bytesOf('"},"geometry":{"type":"Point","coordinates":[1,2]}}')])
    expect(featuresOf(bytes)[0]!.properties).toEqual({ 权属: '重庆誠' })
    expect(readText(bytes).issues[0]).toMatchObject({ code: 'encoding', context: { encoding: 'gb18030' } })
  })
  it('reads Windows-1252 and does not take it for Chinese', () => {
    const bytes = Uint8Array.from([...bytesOf('{"type":"Feature","properties":{"carrer":"Monta'), 0xf1, ...bytesOf('a, Gr'), 0xe0, ...bytesOf('cia"},"geometry":{"type":"Point","coordinates":[1,2]}}')])
    expect(featuresOf(bytes)[0]!.properties).toEqual({ carrer: 'Montaña, Gràcia' })
  })
})

describe('features that cannot be used are told and left out', () => {
  it.each([
    ['null geometry', { type: 'Feature', properties: {}, geometry: null }, 'geometry_null'],
    ['no coordinates', line([]), 'geometry_null'],
    ['text for a number', line([['1', 2], [3, 4]]), 'coordinates_invalid'],
    ['a short position', line([[1], [3, 4]]), 'coordinates_invalid'],
    ['null for a number', line([[1, null], [3, 4]]), 'coordinates_invalid'],
    ['a figure beyond any place', line([[1e300, 2], [3, 4]]), 'coordinates_invalid'],
    ['an unknown geometry', { type: 'Feature', properties: {}, geometry: { type: 'CircularString', coordinates: A } }, 'feature_unsupported'],
    ['a geometry that is text', { type: 'Feature', properties: {}, geometry: 'LINESTRING(0 0,1 1)' }, 'feature_unsupported'],
    ['not a feature', { type: 'Topology' }, 'schema_invalid'],
    ['nothing', null, 'schema_invalid'],
  ])('%s', (_name, feature, code) => {
    const reading = readText(collection([line(B), feature]))
    expect(codesOf(reading)).toEqual([code])
    expect(reading.issues[0]!.ref).toBe('net#2')
    expect(reading.value.layers.flatMap(layer => layer.features)).toHaveLength(1)
  })

  it.each(['NaN', 'Infinity', '-Infinity'])('%s in coordinates spoils the line, in a property only the value', token => {
    const text = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"NaN"},"geometry":{"type":"LineString","coordinates":[[0,${token}],[1,1]]}},
      {"type":"Feature","properties":{"dia":${token},"name":"a NaN b"},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}}]}`
    const reading = readText(text)
    expect(reading.issues.map(issue => [issue.code, issue.ref])).toEqual([['property_invalid', 'net#1'], ['coordinates_invalid', 'net#1'], ['property_invalid', 'net#2']])
    expect(reading.value.layers[0]!.features[0]!.properties).toEqual({ dia: null, name: 'a NaN b' })
  })

  it('reads coordinates by how they nest where the declared type differs', () => {
    const reading = readText(collection([{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: [A, B] } }]))
    expect(codesOf(reading)).toEqual(['geometry_mismatch'])
    expect(reading.value.layers[0]!.features[0]!.parts).toEqual([A, B])
  })

  it('keeps a __proto__ property from reaching into objects', () => {
    const [feature] = featuresOf('{"type":"Feature","properties":{"__proto__":{"polluted":1},"constructor":"x"},"geometry":{"type":"Point","coordinates":[1,2]}}')
    expect(feature!.properties).toEqual({ _proto_: '{"polluted":1}', constructor: 'x' })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.getPrototypeOf(feature!.properties)).toBe(Object.prototype)
  })
})

describe('a file that is wrong as a whole is refused whole', () => {
  const good = JSON.stringify(collection([line(A), line(B)]))
  it.each([
    ['empty', '', 'empty'],
    ['blanks only', ' \n ', 'empty'],
    ['not JSON', '<html></html>', 'syntax'],
    ['another JSON', '{"type":"Topology","objects":{}}', 'not_geojson'],
    ['an array', '[1,2]', 'not_geojson'], ['an array that is broken off', '[1,2', 'truncated'], ['an array of crossed brackets', '[1,{]}', 'syntax'],
    ['a stray comma', '{"type":"FeatureCollection","features":[,]}', 'syntax'],
    ['brackets crossed', '{"type":"FeatureCollection","features":[{]}}', 'syntax'],
    ['a broken feature among good ones', '{"type":"FeatureCollection","features":[{"type":"Feature" "geometry":null}]}', 'syntax'],
    ['text after the end', `${good}]`, 'syntax'],
  ])('%s', (_name, text, problem) => {
    const reading = readText(text)
    expect(refusalOf(reading)).toMatchObject({ code: 'schema_invalid', severity: 'error', context: { problem } })
    expect(reading.value.layers).toEqual([])
  })

  it('cut off at any byte', () => {
    const bytes = bytesOf(good)
    for (let length = 0; length < bytes.length; length++) expect(refusalOf(readText(bytes.subarray(0, length))), `${length} bytes`).not.toBeNull()
  })

  it('nested beyond the limit, without running out of stack', () => {
    const bomb = `{"type":"FeatureCollection","features":[${'['.repeat(2_000_000)}`
    expect(refusalOf(readText(bomb))).toMatchObject({ code: 'outside_limits', context: { problem: 'depth' } })
    const closed = `{"type":"FeatureCollection","features":[{"a":${'['.repeat(70)}${']'.repeat(70)}}]}`
    expect(refusalOf(readText(closed))).toMatchObject({ code: 'outside_limits' })
  })

  it('properties of which every feature has its own', () => {
    const features = Array.from({ length: 200 }, (_, i) => point([1, 2], Object.fromEntries(Array.from({ length: 60 }, (_, k) => [`k${i}_${k}`, k]))))
    expect(refusalOf(readText(collection(features)))).toMatchObject({ code: 'outside_limits', context: { problem: 'fields' } })
  })

  it.each([['bytes', { maxBytes: 100 }], ['features', { maxFeatures: 1 }], ['vertices', { maxVertices: 3 }]] as const)('more %s than allowed', (problem, limits) => {
    expect(refusalOf(readText(good, limits))).toMatchObject({ code: 'outside_limits', context: { problem } })
  })
})
