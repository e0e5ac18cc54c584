import { describe, expect, it } from 'vitest'
import { ASSUMED } from '#shared/twin/asset.ts'
import { importOf } from '../mutate.ts'
import { DELIVERY, imkl, line, link, network, randomDelivery } from './imkl-source.ts'

const short = (id: string): string => id.replace('nl.imkl-KL1.', '')

describe('IMKL', () => {
  const { assets, nodes, crs, issues, count } = importOf(DELIVERY)
  const asset = (id: string) => assets.find(found => short(found.id) === id)!

  it('puts lines together from their links, networks, managers and measured depths', () => {
    expect(crs).toBe('EPSG:28992')
    expect(assets.map(found => short(found.id)).sort()).toEqual(['E2', 'G1', 'M1', 'R1', 'W1'])
    expect(new Set(assets.map(found => found.owner))).toEqual(new Set(['Net Noord']))
    expect(asset('G1')).toMatchObject({ kind: 'gas', section: { shape: 'circle', diameterM: 0.2 }, pressureClass: 'medium_a', status: 'in_use', accuracyPlanM: 0.5, accuracyLevelM: 1, assumed: ASSUMED.ground })
    expect(asset('G1').attributes['precaution']).toBe('Neem contact op')
    expect(asset('R1')).toMatchObject({ kind: 'sewer_foul', section: { diameterM: 0.4 } })
  })

  it('lays depths linear between the places measured, level beyond them, with a vertex at each', () => {
    // No ground is given, so it stands at 0; the axis is half a diameter below the crown.
    expect(asset('G1').axis.map(position => position.map(value => Math.round(value * 1e6) / 1e6))).toEqual([
      [155000, 389410, -1.1], [155020, 389410, -1.1], [155060, 389410, -1.5], [155100, 389410, -1.5],
    ])
  })

  it('takes the inside bottom above NAP, and what nobody measured as assumed', () => {
    const [start, end] = [asset('R1').axis[0]![2], asset('R1').axis.at(-1)![2]]
    // No wall is given: half of the outside 0.4 above the bottom.
    expect([start, end]).toEqual([expect.closeTo(2.7, 9), expect.closeTo(2.2, 9)])
    expect(asset('E2').assumed & ASSUMED.level).toBe(ASSUMED.level)
    expect(asset('W1').assumed & ASSUMED.level).toBe(ASSUMED.level)
    expect(issues.filter(issue => issue.code === 'level_assumed').map(issue => issue.context)).toContainEqual({ method: 'assumed' })
  })

  it('makes a cable that is drawn where its duct is part of the duct; one that runs on stays', () => {
    expect(asset('M1')).toMatchObject({ kind: 'power', laying: 'duct', voltageKv: 10, section: { diameterM: 0.15 } })
    expect(asset('M1').attributes).toMatchObject({ contains: 'nl.imkl-KL1.E1, nl.imkl-KL1.E2', material: 'HDPE' })
    expect(issues.find(issue => issue.code === 'inside_container')!.context).toEqual({ count: 1 })
    expect(asset('E2')).toMatchObject({ voltageKv: 10 })
  })

  it('reads points, and says what it left out', () => {
    expect(nodes).toMatchObject([{ nodeType: 'manhole', kind: 'sewer_combined', owner: 'Net Noord', at: [155000.5, 389420.25, expect.anything() as number] }])
    expect(issues.filter(issue => issue.code === 'feature_unsupported').map(issue => issue.context)).toEqual([{ type: 'Annotatie', count: 2 }])
    expect([count('geometry_null'), count('size_missing', 'error')]).toEqual([0, 0])
  })

  it('reads the Flemish form: INSPIRE names, local ids after colons, Lambert 72', () => {
    const flemish = new TextEncoder().encode(`<gml:FeatureCollection xmlns:gml="g" xmlns:imkl="i"><gml:featureMember><us:UtilityNetwork gml:id="n1"><net:inspireId><base:Identifier><base:localId>N</base:localId></base:Identifier></net:inspireId><us:utilityNetworkType xlink:href="http://inspire.ec.europa.eu/codelist/UtilityNetworkTypeValue/water"/></us:UtilityNetwork></gml:featureMember>
      <gml:featureMember><imkl:WaterPipe gml:id="w1"><net:inNetwork xlink:href="urn:x:N"/><net:link xlink:href="urn:x:L"/><us:currentStatus xlink:href="http://x/disused"/><us:pipeDiameter uom="urn:ogc:def:uom:OGC::mm">110</us:pipeDiameter></imkl:WaterPipe></gml:featureMember>
      <gml:featureMember><us:UtilityLink gml:id="z"><net:inspireId><base:Identifier><base:localId>L</base:localId></base:Identifier></net:inspireId><net:centrelineGeometry><gml:LineString srsName="urn:ogc:def:crs:EPSG::31370"><gml:posList>150000.1 170000.2 150100.3 170000.4</gml:posList></gml:LineString></net:centrelineGeometry></us:UtilityLink></gml:featureMember></gml:FeatureCollection>`)
    const read = importOf([{ name: 'klip.xml', bytes: flemish }])
    expect([read.crs, read.reading.format]).toEqual(['EPSG:31370', 'imkl'])
    expect(read.assets).toMatchObject([{ id: 'w1', kind: 'water', status: 'abandoned', section: { diameterM: 0.11 }, axis: [[150000.1, 170000.2, expect.anything() as number], [150100.3, 170000.4, expect.anything() as number]] }])
  })

  it('200 random lines come back as they were made (seed 4711)', () => {
    const { files, lines } = randomDelivery(4711, 200)
    const read = importOf(files)
    expect(read.assets.length).toBe(200)
    for (const made of lines) {
      const found = read.assets.find(candidate => candidate.id === made.id)!
      expect(found.section).toEqual({ shape: 'circle', diameterM: made.diameterM })
      const [first, last] = [found.axis[0]!, found.axis.at(-1)!]
      expect(Math.hypot(first[0] - made.plan[0]![0]!, first[1] - made.plan[0]![1]!, last[0] - made.plan.at(-1)![0]!, last[1] - made.plan.at(-1)![1]!)).toBeLessThan(1e-9)
      expect(first[2]).toBeCloseTo(made.crownM[0] - made.diameterM / 2, 9)
      expect(last[2]).toBeCloseTo(made.crownM[1] - made.diameterM / 2, 9)
    }
  })

  it('asks about a size without a length\'s unit, and about a line without its link', () => {
    const read = importOf(imkl(network('n', 'water'), line('Waterleiding', 'a', ['gone'], 'n'), line('Waterleiding', 'b', ['l'], 'n', '<us-net-common:pipeDiameter uom="urn:ogc:def:uom:OGC::bar">5</us-net-common:pipeDiameter>'), link('l', [[155000, 389400], [155010, 389400]])))
    expect([read.count('geometry_null'), read.count('unit_suspect'), read.assets.length]).toEqual([1, 1, 1])
  })

  it.each([
    ['another root', '<gml:Dictionary xmlns:gml="g"><imkl/></gml:Dictionary>'],
    ['an entity', '<!DOCTYPE a [<!ENTITY x "1">]><FeatureCollection><imkl>&x;</imkl></FeatureCollection>'],
    ['cut off', new TextDecoder().decode(DELIVERY[0]!.bytes).slice(0, 2000)],
  ])('refuses %s', (_name, text) => {
    expect(importOf([{ name: 'x.gml', bytes: new TextEncoder().encode(text) }]).refusal).not.toBeNull()
  })
})
