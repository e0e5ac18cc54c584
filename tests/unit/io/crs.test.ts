import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '#shared/core/random.ts'
import { geographicPlace, lookUpCrs, planTransform, proposeMetricCrs } from '#shared/io/crs.ts'
import { parseCrsName } from '#shared/io/crs-name.ts'
import { crsName } from '#main/services/crs/crs-names.ts'
import { searchCrs } from '#main/services/crs/crs-search.ts'

describe('names of coordinate systems', () => {
  it.each([
    ['EPSG:25831', 'EPSG:25831'], ['epsg 4545', 'EPSG:4545'], ['4490', 'EPSG:4490'], ['urn:ogc:def:crs:EPSG::25831', 'EPSG:25831'], ['urn:ogc:def:crs:EPSG:6.9:28992', 'EPSG:28992'],
    ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326'], ['OGC:CRS84', 'EPSG:4326'], ['http://www.opengis.net/def/crs/OGC/1.3/CRS84', 'EPSG:4326'],
    ['http://www.opengis.net/gml/srs/epsg.xml#2154', 'EPSG:2154'], ['local', null], ['', null], ['EPSG:', null],
  ])('%s → %s', (text, code) => {
    expect(parseCrsName(text)).toBe(code)
  })

  it('knows which systems a project can be in', () => {
    expect(lookUpCrs('EPSG:25831')).toMatchObject({ metric: true, geographic: false })
    expect(lookUpCrs('EPSG:4490')).toMatchObject({ metric: false, geographic: true })
    expect(lookUpCrs('EPSG:2229')).toMatchObject({ metric: false, geographic: false })
    expect(lookUpCrs('EPSG:1')).toBeNull()
    expect(lookUpCrs('__proto__')).toBeNull()
  })

  it('finds systems by code and by words, metric ones only', () => {
    expect(searchCrs('25831')[0]).toEqual({ code: 'EPSG:25831', name: 'ETRS89 / UTM zone 31N' })
    expect(searchCrs('cgcs2000 108E').map(match => match.code)).toContain('EPSG:4545')
    expect(searchCrs('4326').map(match => match.code)).not.toContain('EPSG:4326')
    expect(searchCrs('国家2000 三度带 108E').map(match => match.code)).toEqual(['EPSG:4545'])
    expect(searchCrs('西安80')[0]!.name).toContain('Xian 1980')
    expect(searchCrs('utm').length).toBe(50)
    expect(searchCrs('  ')).toEqual([])
    expect(crsName('EPSG:4490')).toBe('China Geodetic Coordinate System 2000')
  })
})

describe('a metric system for a place', () => {
  it.each([
    ['Chongqing', 106.55, 29.56, 'EPSG:4545'], ['Shanghai', 121.47, 31.23, 'EPSG:4549'], ['Ürümqi', 87.6, 43.8, 'EPSG:4538'], ['Harbin', 126.6, 45.75, 'EPSG:4551'],
    ['Barcelona', 2.05, 41.35, 'EPSG:32631'], ['London', -0.12, 51.5, 'EPSG:32630'], ['Sydney', 151.2, -33.87, 'EPSG:32756'], ['Tokyo', 139.7, 35.7, 'EPSG:32654'], ['Hanoi', 105.8, 21, 'EPSG:32648'],
  ])('%s', (_name, lon, lat, code) => {
    expect(proposeMetricCrs([lon, lat])).toBe(code)
    const crs = lookUpCrs(code)!
    const place = geographicPlace(crs, planTransform(lookUpCrs('EPSG:4326')!, crs)([lon, lat]))!
    expect(place[0]).toBeCloseTo(lon, 8)
    expect(place[1]).toBeCloseTo(lat, 8)
  })

  it('stays on ETRS89 where the coordinates are', () => {
    expect(proposeMetricCrs([2.05, 41.35], 'EPSG:4258')).toBe('EPSG:25831')
    expect(proposeMetricCrs([106.55, 29.56], 'EPSG:4258')).toBe('EPSG:4545')
  })

  it('knows coordinates that cannot lie in a system', () => {
    const utm = lookUpCrs('EPSG:25831')!
    expect(geographicPlace(utm, [420_000, 4_577_000])).not.toBeNull()
    expect(geographicPlace(utm, [4_577_000, 420_000])).toBeNull()
    expect(geographicPlace(lookUpCrs('EPSG:4326')!, [29.5, 106.5])).toBeNull()
  })
})

const hasGdal = spawnSync('gdaltransform', ['--version']).status === 0

describe('agreement with GDAL', () => {
  // Within one datum both are exact; between datums the parameters differ by version, which is not what is tested here.
  it.skipIf(!hasGdal).each([
    ['EPSG:4490', 'EPSG:4513', 75], ['EPSG:4490', 'EPSG:4524', 108], ['EPSG:4490', 'EPSG:4533', 135], ['EPSG:4490', 'EPSG:4534', 75], ['EPSG:4490', 'EPSG:4544', 105],
    ['EPSG:4490', 'EPSG:4545', 108], ['EPSG:4490', 'EPSG:4554', 135], ['EPSG:4490', 'EPSG:4502', 105], ['EPSG:4326', 'EPSG:32631', 3], ['EPSG:4258', 'EPSG:25831', 3], ['EPSG:4326', 'EPSG:32748', 105],
    ['EPSG:4258', 'EPSG:3035', 10], ['EPSG:4171', 'EPSG:2154', 3],
  ])('%s → %s to a tenth of a millimetre (seed 7)', (from, to, meridian) => {
    const random = seededRandom(7)
    const south = to === 'EPSG:32748' ? -1 : 1
    const points = Array.from({ length: 40 }, () => [meridian + random.range(-1.5, 1.5), south * random.range(20, 50)] as const)
    const output = execFileSync('gdaltransform', ['-s_srs', from, '-t_srs', to, '-output_xy'], { input: points.map(([x, y]) => `${x} ${y}`).join('\n'), encoding: 'utf8' })
    const expected = output.trim().split('\n').map(row => row.trim().split(/\s+/).map(Number))
    const transform = planTransform(lookUpCrs(from)!, lookUpCrs(to)!)
    points.forEach((point, i) => {
      const [x, y] = transform(point)
      expect(Math.hypot(x - expected[i]![0]!, y - expected[i]![1]!), `${point.join(' ')}`).toBeLessThan(1e-4)
    })
  })
})
