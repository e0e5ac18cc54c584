import type { JobControl } from '../../../core/job.ts'
import type { Stratum } from '../../../twin/borehole.ts'
import { IssueLog, SourceRefused } from '../../issue-log.ts'
import type { SourceBorehole } from '../../source-boreholes.ts'
import type { ImportLimits, SourceFile, SourceReading, WithIssues } from '../../source.ts'
import { childOf, childText, descendants, numberOr, numbersIn, readXml, type XmlNode } from '../../xml/read-xml.ts'
import { gmlCrs } from '../citygml/gml-crs.ts'

/** Objects of the Dutch subsurface register (BRO): bore logs of each discipline, and cone penetration tests. */
const OBJECT = /^(BHR_\w+|CPT_\w+)$/

/**
 * Reads bore logs (BHR-GT, BHR-P, BHR-G) and soundings (CPT) of the Dutch subsurface register: place, level of the ground,
 * depth, and the layers of each described log.
 * @throws SourceRefused no such object.
 */
export function readBro(file: SourceFile, limits: ImportLimits, job: JobControl): WithIssues<SourceReading> {
  const log = new IssueLog()
  const boreholes: SourceBorehole[] = []
  readXml(file, {
    open: element => OBJECT.test(element),
    take: node => {
      if (boreholes.length >= limits.maxFeatures) throw new SourceRefused('outside_limits', { problem: 'features', limit: limits.maxFeatures })
      const borehole = boreholeOf(node, `${file.name}#${boreholes.length + 1}`, log)
      if (borehole) boreholes.push(borehole)
    },
  }, limits, job, log)
  if (boreholes.length === 0) throw new SourceRefused('schema_invalid', { problem: 'no_locations' })
  return { value: { format: 'bro', layers: [], grounds: [], boreholes }, issues: log.issues }
}

function boreholeOf(node: XmlNode, ref: string, log: IssueLog): SourceBorehole | null {
  const id = childText(node, 'broId') || childText(node, 'objectIdAccountableParty') || (node.attributes['id'] ?? ref)
  const point = referenced(childOf(node, 'deliveredLocation') ?? node)
  const srs = gmlCrs(point?.attributes['srsName'] ?? '')
  const position = point ? numbersIn(descendants(point, 'pos')[0]?.text ?? '') : null
  const [a, b] = position ?? []
  if (a === undefined || b === undefined) {
    log.add('geometry_null', 'warning', ref)
    return null
  }
  const vertical = childOf(node, 'deliveredVerticalPosition')
  const strata = descendants(node, 'layer').flatMap(stratumOf)
  const deepest = numberOr(descendants(node, 'finalDepthBoring')[0]?.text) ?? numberOr(descendants(node, 'finalDepth')[0]?.text)
  return {
    id, ref, crs: srs.code, place: srs.northingFirst ? [b, a] : [a, b], groundM: vertical ? numberOr(descendants(vertical, 'offset')[0]?.text) : null,
    depthM: deepest ?? strata.at(-1)?.baseM ?? null, strata,
    attributes: { class: node.name, discipline: childText(node, 'discipline') || null, surveyPurpose: childText(node, 'surveyPurpose') || null },
  }
}

/** The first element below that names its reference system. */
function referenced(node: XmlNode): XmlNode | null {
  for (const child of node.children) {
    const found = child.attributes['srsName'] === undefined ? referenced(child) : child
    if (found) return found
  }
  return null
}

function stratumOf(layer: XmlNode): Stratum[] {
  const [topM, baseM] = [numberOr(descendants(layer, 'upperBoundary')[0]?.text), numberOr(descendants(layer, 'lowerBoundary')[0]?.text)]
  if (topM === null || baseM === null || baseM < topM) return []
  const code = descendants(layer, 'geotechnicalSoilName')[0] ?? descendants(layer, 'soilNameNEN5104')[0] ?? descendants(layer, 'standardSoilName')[0]
  const soil = childOf(layer, 'soil')
  const words = (soil?.children ?? []).filter(child => child.children.length === 0 && child !== code).map(child => child.text.trim()).filter(text => text !== '')
  return [{ topM, baseM, code: code?.text.trim() ?? '', description: words.join(', ').slice(0, 2000) }]
}
