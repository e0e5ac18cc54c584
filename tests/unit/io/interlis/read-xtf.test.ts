import { describe, expect, it } from 'vitest'
import { expectMutantsUnharmed, importOf } from '../mutate.ts'
import { hasSharedData, sharedData } from '../shared-data.ts'

const T = 'DSS_2020_1_LV95.Siedlungsentwaesserung.'
const XTF = `<?xml version="1.0"?><TRANSFER><HEADERSECTION><MODELS><MODEL NAME="DSS_2020_1_LV95"/></MODELS></HEADERSECTION><DATASECTION><${T.slice(0, -1)} BID="b">
<${T}Rohrprofil TID="p"><HoehenBreitenverhaeltnis>1.5</HoehenBreitenverhaeltnis><Profiltyp>Eiprofil</Profiltyp></${T}Rohrprofil>
<${T}Organisation TID="o"><Bezeichnung>Gemeinde Muster</Bezeichnung></${T}Organisation>
<${T}Kanal TID="k"><Status>in_Betrieb</Status><Nutzungsart_Ist>Regenabwasser</Nutzungsart_Ist><EigentuemerRef REF="o"></EigentuemerRef></${T}Kanal>
<${T}Normschacht TID="s"><Bezeichnung>S1</Bezeichnung></${T}Normschacht>
<${T}Deckel TID="d"><Kote>451</Kote><AbwasserbauwerkRef REF="s"/></${T}Deckel>
<${T}Abwasserknoten TID="n"><AbwasserbauwerkRef REF="s"/><Lage><COORD><C1>2745800</C1><C2>1267400</C2></COORD></Lage><Sohlenkote>448</Sohlenkote></${T}Abwasserknoten>
<${T}Haltungspunkt TID="h1"><Kote>448.1</Kote><AbwassernetzelementRef REF="n"/></${T}Haltungspunkt>
<${T}Haltung TID="r"><AbwasserbauwerkRef REF="k"/><Lichte_Hoehe>600</Lichte_Hoehe><Verlauf><POLYLINE><COORD><C1>2745800</C1><C2>1267400</C2></COORD><ARC><C1>2745820</C1><C2>1267400</C2><A1>2745810</A1><A2>1267410</A2></ARC></POLYLINE></Verlauf><RohrprofilRef REF="p"/><vonHaltungspunktRef REF="h1"/></${T}Haltung>
</${T.slice(0, -1)}></DATASECTION></TRANSFER>`
const file = (text: string) => [{ name: 'n.xtf', bytes: new TextEncoder().encode(text) }]

describe('INTERLIS, Swiss sewers', () => {
  it('puts a Haltung together from its channel, profile, ends, covers and owner', () => {
    const { assets, nodes, crs, count } = importOf(file(XTF))
    expect([crs, count('level_assumed')]).toEqual(['EPSG:2056', 1])
    // An egg 600 high is 400 wide inside; the wall is a tenth of the larger.
    expect(assets[0]).toMatchObject({ id: 'r', kind: 'sewer_storm', owner: 'Gemeinde Muster', section: { shape: 'rectangle', widthM: expect.closeTo(0.52, 9) as number, heightM: expect.closeTo(0.72, 9) as number } })
    expect(nodes[0]).toMatchObject({ id: 'n', nodeType: 'manhole', at: [2745800, 1267400, 451], bottomZ: 448 })
  })

  it('follows an arc within millimetres: half a circle of ten metres', () => {
    const { axis } = importOf(file(XTF)).assets[0]!
    for (const [x, y] of axis) expect(Math.hypot(x - 2745810, y - 1267400)).toBeCloseTo(10, 6)
    const lengthM = axis.reduce((sum, [x, y], i) => (i === 0 ? 0 : sum + Math.hypot(x - axis[i - 1]![0], y - axis[i - 1]![1])), 0)
    expect(lengthM).toBeGreaterThan(10 * Math.PI - 0.03)
    expect(axis.some(([, y]) => y > 1267409.9)).toBe(true)
  })

  it('300 mutants are read or refused (seed 71)', () => {
    const { refused, read } = expectMutantsUnharmed(file(XTF), 0, ['<', '>', '"', '&', '</COORD>', 'NaN', '1e999', '<ARC>'], 71, 300)
    expect(Math.min(refused, read)).toBeGreaterThan(10)
  })

  it.skipIf(!hasSharedData('teksi-wastewater'))('gives the VSA test data: 102 Haltungen, 88 nodes', () => {
    const { assets, nodes, crs } = importOf(sharedData('teksi-wastewater/test-dataset-DSS.xtf'))
    expect([assets.length, nodes.length, crs]).toEqual([102, 88, 'EPSG:2056'])
    for (const name of ['minimal-dataset-DSS', 'minimal-dataset-SIA405-ABWASSER']) {
      const { assets: [pipe], nodes: ends } = importOf(sharedData(`teksi-wastewater/${name}.xtf`))
      expect([pipe!.attributes['invertStartM'], pipe!.attributes['heightMm'], ends.length]).toEqual([448.1, 300, 2])
    }
  })
})
