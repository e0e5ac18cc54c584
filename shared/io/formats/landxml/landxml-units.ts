import type { IssueLog } from '../../issue-log.ts'
import type { XmlNode } from '../../xml/read-xml.ts'

/** Metres per unit of a document's figures. */
export interface LandXmlUnits {
  readonly linearM: number
  readonly diameterM: number
  readonly widthM: number
  readonly heightM: number
  readonly elevationM: number
}

/** LandXML 1.2 `metLinear` and `impLinear`. */
const METRES_PER: Readonly<Record<string, number>> = {
  millimeter: 0.001, centimeter: 0.01, meter: 1, kilometer: 1000, foot: 0.3048, ussurveyfoot: 1200 / 3937, inch: 0.0254, mile: 1609.344,
}

/** @param units the `Metric` or `Imperial` element; null where the document has none (metres, told). */
export function landXmlUnits(units: XmlNode | null, ref: string, log: IssueLog): LandXmlUnits {
  if (!units) log.add('unit_suspect', 'warning', ref, { problem: 'no_units', assumed: 'm' })
  const isImperial = units?.name === 'Imperial'
  const of = (attribute: string, fallback: number): number => {
    const said = units?.attributes[attribute]?.toLowerCase()
    const known = said !== undefined && Object.hasOwn(METRES_PER, said) ? METRES_PER[said] : undefined
    if (said !== undefined && known === undefined) log.add('unit_suspect', 'warning', ref, { field: attribute, unit: said.slice(0, 30) })
    return known ?? fallback
  }
  const linearM = of('linearUnit', isImperial ? 0.3048 : 1)
  return { linearM, diameterM: of('diameterUnit', linearM), widthM: of('widthUnit', linearM), heightM: of('heightUnit', linearM), elevationM: of('elevationUnit', linearM) }
}
