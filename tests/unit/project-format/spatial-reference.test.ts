import { execFileSync, spawnSync } from 'node:child_process'
import proj4 from 'proj4'
import { describe, expect, it } from 'vitest'
import { crsCodes, lookUpCrs } from '#shared/io/crs.ts'
import { spatialReference } from '#shared/project-format/spatial-reference.ts'

const hasGdal = spawnSync('gdalsrsinfo', ['--version']).error === undefined

describe('spatial references', () => {
  it('calls a local frame undefined cartesian', () => {
    expect(spatialReference(null, '')).toMatchObject({ srsId: -1, organization: 'NONE', definition: 'undefined' })
  })
  it('gives every code of the list a row, and those a project may be in a definition', () => {
    for (const code of crsCodes()) {
      const reference = spatialReference(code, '')
      expect(reference.organizationCode).toBe(Number(code.slice(5)))
      expect(reference.definition).toMatch(/^(PROJCS|GEOGCS)\["EPSG:\d+",.*\]$|^undefined$/)
    }
  })
  it.each(['EPSG:25831', 'EPSG:4547', 'EPSG:27700', 'EPSG:2154', 'EPSG:28992', 'EPSG:32651', 'EPSG:2263'])('%s: its WKT projects as its definition does', code => {
    const wkt = spatialReference(code, code).definition
    const place = proj4(lookUpCrs(code)!.proj4, 'EPSG:4326', [500_000, 400_000])
    // The ellipsoid's own latitude: WKT 1 carries no datum shift.
    const plain = proj4(wkt, `+proj=longlat +a=${new proj4.Proj(wkt).a} +b=${new proj4.Proj(wkt).b} +no_defs`, [500_000, 400_000])
    expect(Math.hypot(plain[0]! - place[0]!, plain[1]! - place[1]!)).toBeLessThan(0.01)
  })
  it.skipIf(!hasGdal)('is WKT that GDAL reads as the same projection', () => {
    const text = execFileSync('gdalsrsinfo', ['-o', 'proj4', spatialReference('EPSG:4547', 'CGCS2000 / 3-degree Gauss-Kruger CM 114E').definition], { encoding: 'utf8' })
    expect(text).toContain('+proj=tmerc +lat_0=0 +lon_0=114 +k=1 +x_0=500000')
  })
})
