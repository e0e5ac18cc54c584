import { describe, expect, it } from 'vitest'
import { importOf } from '../mutate.ts'
import { hasSharedData, sharedData } from '../shared-data.ts'

const text = (name: string, content: string) => [{ name, bytes: new TextEncoder().encode(content) }]
const strataOf = (feature: { attributes: Readonly<Record<string, unknown>> }) => JSON.parse(String(feature.attributes['strata'])) as { topM: number; baseM: number; description: string; code: string }[]

describe('AGS', () => {
  const AGS4 = '"GROUP","LOCA"\r\n"HEADING","LOCA_ID","LOCA_NATE","LOCA_NATN","LOCA_GREF","LOCA_GL","LOCA_FDEP"\r\n"UNIT","","m","m","","m","m"\r\n"TYPE","ID","2DP","2DP","PA","2DP","2DP"\r\n"DATA","BH1","532290.00","180450.00","OSGB","3.70","4.00"\r\n"DATA","BH2","","","OSGB","",""\r\n\r\n"GROUP","GEOL"\r\n"HEADING","LOCA_ID","GEOL_TOP","GEOL_BASE","GEOL_DESC","GEOL_LEG"\r\n"DATA","BH1","0.00","1.20","MADE ""GROUND"", loose","102"\r\n"DATA","BH1","1.20","4.00","Firm CLAY","201"\r\n"DATA","BH1","4.00","3.00","upside down","0"\r\n'
  it('4: place, level, depth and strata; one without a place and a layer upside down are told', () => {
    const { surfaceFeatures, crs, count } = importOf(text('a.ags', AGS4))
    expect(crs).toBe('EPSG:27700')
    expect(surfaceFeatures).toMatchObject([{ id: 'BH1', type: 'borehole', points: [[532_290, 180_450]], attributes: { groundM: 3.7, depthM: 4 } }])
    expect(strataOf(surfaceFeatures[0]!)).toEqual([{ topM: 0, baseM: 1.2, description: 'MADE "GROUND", loose', code: '102' }, { topM: 1.2, baseM: 4, description: 'Firm CLAY', code: '201' }])
    expect([count('geometry_null'), count('property_invalid')]).toEqual([1, 1])
  })
  it('3.1: headings over two lines, cells that go on in the next', () => {
    const AGS3 = '"**HOLE"\r\n"*HOLE_ID","*HOLE_NATE","*HOLE_NATN",\r\n"*HOLE_GL","*?HOLE_REM"\r\n"<UNITS>","m","m","m",""\r\n"B1","513906.00","298472.00","30.599","dug by "\r\n"<CONT>","","","","hand"\r\n'
    const { surfaceFeatures, count } = importOf(text('a.ags', AGS3))
    expect(surfaceFeatures).toMatchObject([{ id: 'B1', attributes: { groundM: 30.599, HOLE_REM: 'dug by hand' } }])
    expect(count('crs_assumed')).toBe(1)
  })
  it('without locations it is refused', () => {
    expect(importOf(text('a.ags', '"GROUP","PROJ"\r\n"HEADING","PROJ_ID"\r\n"DATA","1"\r\n')).refusal).toMatchObject({ code: 'schema_invalid', context: { problem: 'no_locations' } })
  })
})

describe.skipIf(!hasSharedData('gef-bro-soil'))('Dutch logs', () => {
  it('GEF bore: 102 layers from 7.40 to 153.00 m, top at −4.0 m NAP', () => {
    const [borehole] = importOf(sharedData('gef-bro-soil/example_bore.gef')).surfaceFeatures
    const strata = strataOf(borehole!)
    expect(strata).toHaveLength(102)
    expect([strata[0]!.topM, strata.at(-1)!.baseM, borehole!.attributes['groundM'], borehole!.points[0]]).toEqual([7.4, 153, -4, [115_300, 480_250]])
    expect(strata[2]).toEqual({ topM: 26, baseM: 27, code: 'Zg1', description: 'GR ZMGO GG2' })
  })
  it('BRO bore: nine layers, the first a metre thick; ground at 0.090 m', () => {
    const [borehole] = importOf(sharedData('gef-bro-soil/BHR000000336600.xml')).surfaceFeatures
    expect(strataOf(borehole!)).toHaveLength(9)
    expect([strataOf(borehole!)[0]!.baseM, borehole!.attributes['groundM'], borehole!.points[0]]).toEqual([1, 0.09, [132_781.327, 448_031.1]])
  })
})

it.skipIf(!hasSharedData('ifc-infra-unit-test'))('IFC borehole: five strata down to 12.7 m below its top at 0.99 m', () => {
  const [borehole] = importOf(sharedData('ifc-infra-unit-test/Borehole-1.ifc')).surfaceFeatures
  const strata = strataOf(borehole!)
  expect(strata.map(({ topM, baseM }) => [topM, baseM])).toEqual([[0, 0.1], [0.1, 1.2], [1.2, 6.4], [6.4, 6.8], [6.8, 12.7]])
  expect([borehole!.id, borehole!.attributes['groundM'], strata[1]!.code]).toEqual(['BH-CC-01', 0.99, 'Silty CLAY (Estuarine)'])
})
