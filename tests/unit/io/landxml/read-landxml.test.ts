import { describe, expect, it } from 'vitest'
import { expectMutantsUnharmed, importOf } from '../mutate.ts'
import { hasSharedData, sharedData } from '../shared-data.ts'

const file = (text: string) => [{ name: 'n.xml', bytes: new TextEncoder().encode(text) }]

const NETWORK = `<?xml version="1.0" encoding="UTF-8"?>
<LandXML xmlns="http://www.landxml.org/schema/LandXML-1.2" version="1.2">
<Units><Metric linearUnit="meter" diameterUnit="millimeter" elevationUnit="meter" widthUnit="meter" heightUnit="meter"/></Units>
<CoordinateSystem epsgCode="3878"/>
<PipeNetworks><PipeNetwork name="S" pipeNetType="sanitary">
<Structs>
<Struct name="A" elevSump="10" elevRim="13"><Center>6876920 24525622</Center><CircStruct diameter="1000" thickness="100"/><Invert elev="10.5" flowDir="out" refPipe="P"/></Struct>
<Struct name="B" elevSump="9" elevRim="12"><Center>6876920 24525722</Center><CircStruct diameter="1000"/><Invert elev="10" flowDir="in" refPipe="P"/></Struct>
</Structs>
<Pipes><Pipe name="P" refStart="A" refEnd="B" state="existing"><CircPipe diameter="300" thickness="50"/></Pipe>
<Pipe name="Q" refStart="A" refEnd="gone"><RectPipe width="1" height="0.5"/></Pipe></Pipes>
</PipeNetwork></PipeNetworks>
<Surfaces><Surface name="T"><Definition surfType="TIN"><Pnts><P id="1">6876900 24525600 13</P><P id="2">6876900 24525800 13</P><P id="3">6877000 24525700 15</P><P id="4">6876800 24525700 11</P></Pnts>
<Faces><F>1 2 3</F><F>1 2 4</F><F i="1">1 3 4</F></Faces></Definition></Surface></Surfaces>
</LandXML>`

describe('LandXML', () => {
  it('reads northing first, sizes in their own unit, walls and inverts', () => {
    const { assets, nodes, crs } = importOf(file(NETWORK))
    expect(crs).toBe('EPSG:3878')
    expect(assets[0]).toMatchObject({ id: 'P', kind: 'sewer_foul', status: 'in_use', assumed: 0, section: { shape: 'circle', diameterM: expect.closeTo(0.4, 9) as number } })
    expect(assets[0]!.axis).toEqual([[24525622, 6876920, 10.5 + 0.15], [24525722, 6876920, 10 + 0.15]])
    expect(nodes[0]).toMatchObject({ id: 'A', nodeType: 'manhole', at: [24525622, 6876920, 13], bottomZ: 10, diameterM: expect.closeTo(1.2, 9) as number })
  })

  it('tells a pipe whose structure is not there, and asks where a unit cannot be', () => {
    expect(importOf(file(NETWORK)).issues).toContainEqual(expect.objectContaining({ code: 'geometry_null', severity: 'error', ref: 'Q (n#2)' }))
    const { count } = importOf(file(NETWORK.replace('diameterUnit="millimeter"', 'diameterUnit="meter"')))
    expect(count('unit_suspect')).toBeGreaterThan(0)
    expect(importOf(file(NETWORK.replace(/<Units>.*<\/Units>/, ''))).count('unit_suspect')).toBeGreaterThan(0)
  })

  it('reads feet where there is no system, in plan and in level', () => {
    const imperial = NETWORK.replace(/<Metric[^>]*>/, '<Imperial linearUnit="foot" diameterUnit="inch" elevationUnit="foot"/>').replace('<CoordinateSystem epsgCode="3878"/>', '').replace('diameter="300" thickness="50"', 'diameter="12" thickness="2"')
    const { assets, crs } = importOf(file(imperial))
    expect(crs).toBeNull()
    expect(assets[0]!.axis[1]![0] - assets[0]!.axis[0]![0]).toBeCloseTo(30.48, 6)
    expect(assets[0]!.section).toEqual({ shape: 'circle', diameterM: expect.closeTo(16 * 0.0254, 9) as number })
    expect(assets[0]!.attributes['invertStartM']).toBeCloseTo(10.5 * 0.3048, 9)
  })

  it('gives surfaces as ground, without the faces said to be invisible', () => {
    const { grounds } = importOf(file(NETWORK))
    expect(grounds).toHaveLength(1)
    expect(grounds[0]).toMatchObject({ type: 'tin', name: 'T', faces: Uint32Array.from([0, 1, 2, 0, 1, 3]) })
    expect([...(grounds[0] as { xyz: Float64Array }).xyz.slice(0, 3)]).toEqual([24525600, 6876900, 13])
  })

  it.each([
    ['an entity of its own', NETWORK.replace('?>', '?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>').replace('name="S"', 'name="&b;"')],
    ['an outside entity', NETWORK.replace('?>', '?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>').replace('13</P>', '&a;</P>')],
    ['an end that is missing', NETWORK.slice(0, -20)],
    ['endless depth', `<LandXML>${'<a>'.repeat(5000)}`],
    ['an encoding nobody knows', NETWORK.replace('UTF-8', 'X-KLINGON')],
  ])('refuses %s', (_name, text) => {
    const { refusal, assets, grounds } = importOf(file(text))
    expect(refusal).not.toBeNull()
    expect([assets.length, grounds.length]).toEqual([0, 0])
  })

  it('300 mutants are read or refused (seed 21)', () => {
    const { refused, read } = expectMutantsUnharmed(file(NETWORK), 0, ['<', '>', '"', '&', '&amp;', '</', '<![CDATA[', '<!DOCTYPE', '1e999', 'NaN', '\0'], 21, 300)
    expect(Math.min(refused, read)).toBeGreaterThan(20)
  })
})

describe.skipIf(!hasSharedData('ifc-infra-unit-test/DrainageSystem-1-1.xml'))('real LandXML', () => {
  it('gives the Finnish drainage: 6 pipes, 7 manholes, levels on the road\'s own surface', () => {
    const { assets, nodes, crs, count } = importOf(sharedData('ifc-infra-unit-test/DrainageSystem-1-1.xml'))
    expect([assets.length, nodes.length, crs]).toEqual([6, 7, 'EPSG:3878'])
    for (const { attributes, axis } of assets) {
      // InfraModel gives the outside: the inside bottom lies half of it less the wall below the axis.
      const insideRadiusM = (attributes['heightM'] as number) / 2 - (attributes['wallM'] as number)
      expect(axis[0]![2] - insideRadiusM).toBeCloseTo(Number((attributes['pipeStart'] as string).split(' ')[2]), 6)
      expect(axis.at(-1)![2] - insideRadiusM).toBeCloseTo(Number((attributes['pipeEnd'] as string).split(' ')[2]), 6)
    }
    expect(count('encoding', 'info')).toBe(1)
  })

  it.each([
    ['ifc-infra-unit-test/DrainageSystem-1-2.xml', 2309, 4068], ['inframodel-m3-road/M3_Terrain.mm.xml', 19872, 36067], ['inframodel-m3-road/M3_Rockbed_survey.mm.xml', 2037, 3244],
    ['inframodel-m3-road/M3_Lowest_Comb_Rev2_201200.mm.xml', 4997, 8881], ['inframodel-m3-road/M3_Highest_Comb_rev2_Highest_combination_of_surface.mm.xml', 6547, 11959],
  ])('%s: %i points, %i faces', (path, points, faces) => {
    const [ground] = importOf(sharedData(path)).grounds
    expect(ground).toMatchObject({ type: 'tin' })
    expect([(ground as { xyz: Float64Array }).xyz.length / 3, (ground as { faces: Uint32Array }).faces.length / 3]).toEqual([points, faces])
  })
})
