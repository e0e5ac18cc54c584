import type { JobControl } from '../../../core/job.ts'
import type { AttributeValue } from '../../../twin/asset.ts'
import { declaredMapping } from '../../declared-mapping.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import type { ImportLimits, SourceFeature, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { declaredLayer } from '../../source-layers.ts'
import { childText, descendants, numberOr, readXml, type XmlNode } from '../../xml/read-xml.ts'
import { coordOf, polylineOf, refOf } from './xtf-geometry.ts'

const CLASSES = ['Haltung', 'Haltungspunkt', 'Abwasserknoten', 'Deckel', 'Kanal', 'Rohrprofil', 'Normschacht', 'Spezialbauwerk', 'Einleitstelle', 'Versickerungsanlage', 'Organisation', 'Private', 'Gemeinde'] as const
const classOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

/**
 * Reads sewers of an INTERLIS 2 transfer in the Swiss model (VSA-DSS, SIA 405 Abwasser): a Haltung is a line with its
 * inside height in millimetres and inverts at its Haltungspunkte; an Abwasserknoten is a node, its cover's level the ground.
 * @throws SourceRefused wrong as a whole.
 */
export function readXtf(file: SourceFile, limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const log = new IssueLog()
  const name = file.name.replace(/\.[^.]*$/, '')
  const objects = new Map<string, XmlNode[]>()
  const wanted = new Set<string>(CLASSES)
  let model = ''
  let count = 0
  readXml(file, {
    open: (element, attributes, path) => {
      if (path.length === 0 && element !== 'TRANSFER') throw new SourceRefused('schema_invalid', { problem: 'not_interlis', root: element.slice(0, 50) })
      if (element === 'MODEL' && model === '') model = attributes['NAME'] ?? ''
      if (!wanted.has(classOf(element))) return false
      if (element.includes('.')) model = element.split('.')[0]!
      return true
    },
    take: node => {
      if (++count > limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
      const list = objects.get(classOf(node.name))
      if (list) list.push(node)
      else objects.set(classOf(node.name), [node])
    },
  }, limits, job, log)
  const of = (className: (typeof CLASSES)[number]): readonly XmlNode[] => objects.get(className) ?? []
  const byId = new Map([...objects.values()].flat().map(node => [node.attributes['TID'] ?? '', node]))
  const crs = /LV95/i.test(model) ? 'EPSG:2056' : /LV03/i.test(model) ? 'EPSG:21781' : null
  const covers = new Map<string, number>()
  for (const cover of of('Deckel')) {
    const level = numberOr(childText(cover, 'Kote'))
    if (level !== null) covers.set(refOf(cover, 'AbwasserbauwerkRef'), level)
  }
  const groundOf = (node: XmlNode | undefined): number | null => (node ? (covers.get(refOf(node, 'AbwasserbauwerkRef')) ?? null) : null)
  const words = (nodes: readonly (XmlNode | undefined)[]): Record<string, AttributeValue> =>
    Object.fromEntries(nodes.flatMap(node => (node?.children ?? []).filter(child => child.children.length === 0 && child.text.trim() !== '' && child.name !== '__proto__').map((child): [string, string] => [child.name, child.text.trim().slice(0, 1000)])))
  const ownerOf = (structure: XmlNode | undefined): string => {
    const owner = structure ? refOf(structure, 'EigentuemerRef') : ''
    const known = byId.get(owner)
    return (known && childText(known, 'Bezeichnung')) || owner
  }

  const lines: SourceFeature[] = []
  of('Haltung').forEach((node, i) => {
    const ref = `${name}#${i + 1}`
    const id = node.attributes['TID'] ?? null
    const line = polylineOf(node)
    if (!line) {
      log.add(descendants(node, 'POLYLINE').length === 0 ? 'geometry_null' : 'coordinates_invalid', 'warning', `${id} (${ref})`)
      return
    }
    const channel = byId.get(refOf(node, 'AbwasserbauwerkRef'))
    const profile = byId.get(refOf(node, 'RohrprofilRef'))
    const [from, to] = [byId.get(refOf(node, 'vonHaltungspunktRef')), byId.get(refOf(node, 'nachHaltungspunktRef'))]
    const [fromNode, toNode] = [from, to].map(point => (point ? byId.get(refOf(point, 'AbwassernetzelementRef')) : undefined))
    const invertOf = (point: XmlNode | undefined, at: XmlNode | undefined) => numberOr(point && childText(point, 'Kote')) ?? numberOr(at && childText(at, 'Sohlenkote'))
    const heightMm = numberOr(childText(node, 'Lichte_Hoehe'))
    const ratio = numberOr(profile && childText(profile, 'HoehenBreitenverhaeltnis')) ?? 1
    const type = (profile && childText(profile, 'Profiltyp')) ?? ''
    const isCircle = type === '' || /Kreis|unbekannt/i.test(type)
    lines.push({
      id, ref, geometry: 'line', parts: [line], properties: {
        ...words([channel, node]), profileType: type || null, profileShape: isCircle ? 'circle' : 'rectangle', heightMm, widthMm: isCircle || heightMm === null || ratio <= 0 ? null : heightMm / ratio,
        invertStartM: invertOf(from, fromNode), invertEndM: invertOf(to, toNode), groundStartM: groundOf(fromNode), groundEndM: groundOf(toNode), owner: ownerOf(channel),
      },
    })
  })
  const points: SourceFeature[] = []
  of('Abwasserknoten').forEach((node, i) => {
    const ref = `${name}:Abwasserknoten#${i + 1}`
    const id = node.attributes['TID'] ?? null
    const at = coordOf(descendants(node, 'COORD')[0])
    if (!at) {
      log.add('geometry_null', 'warning', `${id} (${ref})`)
      return
    }
    const structure = byId.get(refOf(node, 'AbwasserbauwerkRef'))
    points.push({ id, ref, geometry: 'point', parts: [[at.slice(0, 2)]], properties: { ...words([structure, node]), structure: structure ? classOf(structure.name) : null, groundM: groundOf(node), bottomM: numberOr(childText(node, 'Sohlenkote')), owner: ownerOf(structure) } })
  })
  if (lines.length + points.length === 0) log.add('schema_invalid', 'warning', file.name, { problem: 'no_features', model: model.slice(0, 50) })
  const layers = [declaredLayer('line', lines, crs, linesMapping(name)), declaredLayer('point', points, crs, pointsMapping(`${name}:Abwasserknoten`))].filter(layer => layer.features.length > 0)
  return { value: { format: 'interlis', layers, grounds: [] }, issues: log.issues }
}

const USES = {
  Schmutzabwasser: 'sewer_foul', Industrieabwasser: 'sewer_foul', Mischabwasser: 'sewer_combined', entlastetes_Mischabwasser: 'sewer_combined',
  Regenabwasser: 'sewer_storm', Niederschlagsabwasser: 'sewer_storm', Reinabwasser: 'sewer_storm', Bachwasser: 'sewer_storm',
} as const
const STATES = { in_Betrieb: 'in_use', 'in_Betrieb.in_Betrieb': 'in_use', ausser_Betrieb: 'abandoned', tot: 'abandoned', weitere: 'in_use', 'weitere.Projekt': 'planned', 'weitere.geplant': 'planned', 'weitere.Berechnungsvariante': 'planned', geplant: 'planned', Projekt: 'planned', aufgehoben: 'abandoned' } as const

const linesMapping = (layer: string) =>
  declaredMapping({
    layer, target: 'assets', id: null, kind: { field: 'Nutzungsart_Ist', values: { ...USES }, fallback: 'sewer_combined' }, ownerField: 'owner',
    size: { field: 'heightMm', widthField: 'widthMm', shapeField: 'profileShape', unit: 'mm', dimension: 'inner' },
    level: { source: 'fields', reference: 'invert', startField: 'invertStartM', endField: 'invertEndM', groundStartField: 'groundStartM', groundEndField: 'groundEndM' },
    status: { field: 'Status', values: { ...STATES }, fallback: 'in_use' },
  })

const pointsMapping = (layer: string) =>
  declaredMapping({
    layer, target: 'nodes', id: null, kind: 'sewer_combined', ownerField: 'owner',
    level: { source: 'fields', reference: 'invert', startField: 'bottomM', groundStartField: 'groundM' },
    nodeType: { field: 'structure', values: { Normschacht: 'manhole', Spezialbauwerk: 'chamber', Einleitstelle: 'outfall', Versickerungsanlage: 'outfall' }, fallback: 'junction' },
  })
