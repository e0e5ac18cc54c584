import { seededRandom } from '#shared/core/random.ts'

const HEAD = `<?xml version="1.0" encoding="UTF-8"?><gml:FeatureCollection xmlns:imkl="http://www.geostandaarden.nl/imkl/wibon" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:net="http://inspire.ec.europa.eu/schemas/net/4.0" xmlns:us-net-common="http://inspire.ec.europa.eu/schemas/us-net-common/4.0" xmlns:us-net-el="http://inspire.ec.europa.eu/schemas/us-net-el/4.0" gml:id="ID_1">`
const CODE = 'http://definities.geostandaarden.nl/imkl2015/id/waarde'
const member = (xml: string): string => `<gml:featureMember>${xml}</gml:featureMember>`
const cm = (name: string, value: number): string => `<us-net-common:${name} uom="urn:ogc:def:uom:OGC::cm">${value}</us-net-common:${name}>`

export const network = (id: string, theme: string, usualDepthM?: number): string =>
  member(`<imkl:Utiliteitsnet gml:id="nl.imkl-KL1.${id}"><us-net-common:utilityNetworkType xlink:href="http://inspire.ec.europa.eu/codelist/UtilityNetworkTypeValue/electricity"/><imkl:thema xlink:href="${CODE}/Thema/${theme}"/>${usualDepthM === undefined ? '' : `<imkl:standaardDieptelegging uom="urn:ogc:def:uom:OGC::m">${usualDepthM}</imkl:standaardDieptelegging>`}</imkl:Utiliteitsnet>`)

export const link = (id: string, positions: readonly (readonly number[])[]): string =>
  member(`<us-net-common:UtilityLink gml:id="nl.imkl-KL1.${id}"><net:centrelineGeometry><gml:Curve srsName="urn:ogc:def:crs:EPSG::28992" gml:id="g.${id}"><gml:segments><gml:LineStringSegment><gml:posList srsDimension="${positions[0]!.length}">${positions.flat().join(' ')}</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve></net:centrelineGeometry></us-net-common:UtilityLink>`)

export const line = (className: string, id: string, links: readonly string[], net: string, inside = ''): string =>
  member(`<imkl:${className} gml:id="nl.imkl-KL1.${id}"><net:inNetwork xlink:href="nl.imkl-KL1.${net}"/>${links.map(href => `<net:link xlink:href="nl.imkl-KL1.${href}"/>`).join('')}<us-net-common:currentStatus xlink:href="http://inspire.ec.europa.eu/codelist/ConditionOfFacilityValue/functional"/>${inside}</imkl:${className}>`)

export const depth = (className: 'DiepteTovMaaiveld' | 'DiepteNAP', id: string, valueM: number, at: readonly number[], point: string, accuracy = 'tot30cm'): string =>
  member(`<imkl:${className} gml:id="nl.imkl-KL1.${id}"><imkl:diepteNauwkeurigheid xlink:href="${CODE}/NauwkeurigheidDiepteValue/${accuracy}"/><imkl:dieptePeil uom="urn:ogc:def:uom:OGC::m">${valueM}</imkl:dieptePeil><imkl:diepteAangrijpingspunt xlink:href="${CODE}/DiepteAangrijpingspuntValue/${point}"/><imkl:ligging><gml:Point srsName="urn:ogc:def:crs:EPSG::28992" gml:id="p.${id}"><gml:pos>${at.join(' ')}</gml:pos></gml:Point></imkl:ligging></imkl:${className}>`)

export const refersTo = (property: string, id: string): string => `<imkl:${property} xlink:href="nl.imkl-KL1.${id}"/>`
export const imkl = (...members: readonly string[]) => [{ name: 'levering.gml', bytes: new TextEncoder().encode(`${HEAD}${members.join('')}</gml:FeatureCollection>`) }]

/** One of everything the reader knows, in the Dutch form. */
export const DELIVERY = imkl(
  member(`<imkl:Beheerder gml:id="nl.imkl-KL1.b"><imkl:bronhoudercode>KL1</imkl:bronhoudercode><imkl:organisatie><imkl:Organisatie><imkl:naam>Net Noord</imkl:naam></imkl:Organisatie></imkl:organisatie></imkl:Beheerder>`),
  network('el', 'laagspanning', 0.6), network('ri', 'rioolVrijverval'), network('gas', 'gasHogeDruk'),
  line('Mantelbuis', 'M1', ['l1'], 'el', `${cm('pipeDiameter', 15)}<us-net-common:cables xlink:href="nl.imkl-KL1.E1"/><us-net-common:cables xlink:href="nl.imkl-KL1.E2"/><imkl:buismateriaalType xlink:href="${CODE}/PipeMaterialTypeIMKLValue/HDPE"/>`),
  line('Elektriciteitskabel', 'E1', ['l2'], 'el', '<us-net-el:operatingVoltage uom="urn:ogc:def:uom:OGC::V">400</us-net-el:operatingVoltage>'),
  line('Elektriciteitskabel', 'E2', ['l3'], 'el', '<us-net-el:nominalVoltage uom="urn:ogc:def:uom:OGC::kV">10</us-net-el:nominalVoltage>'),
  line('OlieGasChemicalienPijpleiding', 'G1', ['l4'], 'gas', `${cm('pipeDiameter', 20)}<us-net-common:pressure uom="urn:ogc:def:uom:OGC::bar">4</us-net-common:pressure><imkl:geoNauwkeurigheidXY xlink:href="${CODE}/NauwkeurigheidXYvalue/tot50cm"/>${refersTo('dieptelegging', 'd1')}${refersTo('dieptelegging', 'd2')}${refersTo('heeftExtraInformatie', 'ev')}`),
  line('Rioolleiding', 'R1', ['l5'], 'ri', `${cm('pipeDiameter', 40)}<us-net-sw:sewerWaterType xlink:href="http://inspire.ec.europa.eu/codelist/SewerWaterTypeValue/sanitary"/>${refersTo('dieptelegging', 'n1')}${refersTo('dieptelegging', 'n2')}`),
  line('Waterleiding', 'W1', ['l6'], 'none'),
  link('l1', [[155000, 389400], [155010, 389400]]), link('l2', [[155000, 389400], [155010, 389400]]), link('l3', [[155000, 389400], [155300, 389400]]),
  link('l4', [[155000, 389410], [155100, 389410]]), link('l5', [[155000, 389420], [155100, 389420]]), link('l6', [[155000, 389430], [155100, 389430]]),
  depth('DiepteTovMaaiveld', 'd1', 1.0, [155020, 389410.3], 'bovenkant'), depth('DiepteTovMaaiveld', 'd2', 1.4, [155060, 389410], 'bovenkant', 'tot100cm'),
  depth('DiepteNAP', 'n1', 2.5, [155000, 389420], 'binnenonderkantbuis'), depth('DiepteNAP', 'n2', 2.0, [155100, 389420], 'binnenonderkantbuis'),
  member('<imkl:AanduidingEisVoorzorgsmaatregel gml:id="nl.imkl-KL1.ev"><imkl:eisVoorzorgsmaatregel>Neem contact op</imkl:eisVoorzorgsmaatregel></imkl:AanduidingEisVoorzorgsmaatregel>'),
  member(`<imkl:Mangat gml:id="nl.imkl-KL1.p1"><net:geometry><gml:Point srsName="urn:ogc:def:crs:EPSG::28992" gml:id="pp"><gml:pos>155000.5 389420.25</gml:pos></gml:Point></net:geometry><net:inNetwork xlink:href="nl.imkl-KL1.ri"/></imkl:Mangat>`),
  member(`<imkl:Annotatie gml:id="nl.imkl-KL1.a1"><imkl:label>x</imkl:label></imkl:Annotatie>`), member(`<imkl:Annotatie gml:id="nl.imkl-KL1.a2"><imkl:label>y</imkl:label></imkl:Annotatie>`),
)

export interface RandomLine {
  readonly id: string
  readonly plan: readonly (readonly number[])[]
  readonly diameterM: number
  /** Level of the crown above NAP at the start and the end. */
  readonly crownM: readonly [number, number]
}

/** Straight gas pipes cut into one to three links, levels at both ends. */
export function randomDelivery(seed: number, count: number): { files: ReturnType<typeof imkl>; lines: readonly RandomLine[] } {
  const random = seededRandom(seed)
  const lines: RandomLine[] = []
  const members = [network('gas', 'gasLageDruk')]
  for (let i = 0; i < count; i++) {
    const [x, y, dx, dy] = [150_000 + random.int(5000), 389_000 + random.int(5000), 5 + random.int(200), random.int(200)]
    const pieces = 1 + random.int(3)
    const plan = Array.from({ length: pieces + 1 }, (_, k) => [x + (dx * k) / pieces, y + (dy * k) / pieces])
    const mm = 50 + random.int(600)
    const crownM: [number, number] = [random.int(500) / 100 - 2, random.int(500) / 100 - 2]
    lines.push({ id: `nl.imkl-KL1.x${i}`, plan, diameterM: mm / 1000, crownM })
    const links = Array.from({ length: pieces }, (_, k) => link(`x${i}l${k}`, [plan[k]!, plan[k + 1]!]))
    const object = line('OlieGasChemicalienPijpleiding', `x${i}`, links.map((_, k) => `x${i}l${k}`), 'gas', `<us-net-common:pipeDiameter uom="urn:ogc:def:uom:OGC::mm">${mm}</us-net-common:pipeDiameter>${refersTo('dieptelegging', `x${i}a`)}${refersTo('dieptelegging', `x${i}b`)}`)
    // What is referred to may stand before or after.
    const depths = [depth('DiepteNAP', `x${i}a`, crownM[0], plan[0]!, 'bovenkant'), depth('DiepteNAP', `x${i}b`, crownM[1], plan.at(-1)!, 'bovenkant')]
    members.push(...(random.chance(0.5) ? [object, ...links, ...depths] : [...depths, ...links, object]))
  }
  return { files: imkl(...members), lines }
}
