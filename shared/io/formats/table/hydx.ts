import type { AttributeValue } from '../../../twin/asset.ts'
import { declaredMapping } from '../../declared-mapping.ts'
import type { IssueLog } from '../../issue-log.ts'
import type { SourceFeature, SourceLayer } from '../../source.ts'
import { declaredLayer } from '../../source-layers.ts'
import { numberOfCell, type HeadedTable } from './table.ts'

/** Tables of the Dutch GWSW-HydX exchange format, by the columns that only they have. */
const has = (table: HeadedTable, ...columns: string[]): boolean => columns.every(column => table.columns.includes(column))

export const isHydx = (tables: readonly HeadedTable[]): boolean => tables.some(table => has(table, 'KN1_IDE', 'KN2_IDE')) || tables.some(table => has(table, 'KNP_XCO', 'KNP_YCO'))
export const scoreHydx = (columns: readonly string[]): number => columns.filter(column => /^(UNI_IDE|KN1_IDE|KN2_IDE|KNP_XCO|KNP_YCO|PRO_IDE|PRO_VRM|BOB_KN1)$/.test(column)).length

/** Nodes and connections: levels in metres at the inside bottom, profiles in millimetres. Round is `RND`. */
export function readHydx(tables: readonly HeadedTable[], log: IssueLog): SourceLayer[] {
  const nodes = tables.find(table => has(table, 'KNP_XCO', 'KNP_YCO'))
  const links = tables.find(table => has(table, 'KN1_IDE', 'KN2_IDE'))
  const profiles = new Map((tables.find(table => has(table, 'PRO_IDE', 'PRO_VRM'))?.records ?? []).map(({ values }) => [values['PRO_IDE'] ?? '', values]))
  if (!nodes) log.add('part_missing', 'error', 'Knooppunt.csv', { part: 'Knooppunt.csv' })
  if (links && profiles.size === 0) log.add('part_missing', 'warning', 'Profiel.csv', { part: 'Profiel.csv' })
  const places = new Map<string, { at: readonly number[]; groundM: number | null }>()
  const points: SourceFeature[] = []
  for (const { row, values } of nodes?.records ?? []) {
    const [id, x, y] = [values['UNI_IDE'] ?? '', numberOfCell(values['KNP_XCO']), numberOfCell(values['KNP_YCO'])]
    if (x === null || y === null) {
      log.add('geometry_null', 'warning', `${id} (${nodes!.name}#${row})`)
      continue
    }
    const groundM = numberOfCell(values['MVD_NIV'])
    places.set(id, { at: [x, y], groundM })
    points.push({ id, ref: `${nodes!.name}#${row}`, geometry: 'point', parts: [[[x, y]]], properties: { ...values, groundM, bottomM: numberOfCell(values['KNP_BOK']) } })
  }
  const lines: SourceFeature[] = []
  for (const { row, values } of links?.records ?? []) {
    const ref = `${links!.name}#${row}`
    const [from, to] = [places.get(values['KN1_IDE'] ?? ''), places.get(values['KN2_IDE'] ?? '')]
    if (!from || !to) {
      log.add('geometry_null', 'error', `${values['UNI_IDE'] ?? ''} (${ref})`, { node: (from ? values['KN2_IDE'] : values['KN1_IDE']) ?? '' })
      continue
    }
    const profile = profiles.get(values['PRO_IDE'] ?? '')
    const widthMm = numberOfCell(profile?.['PRO_BRE'])
    const isRound = profile?.['PRO_VRM'] === 'RND'
    const own: Record<string, AttributeValue> = {
      profileShape: isRound ? 'circle' : profile ? 'rectangle' : null, heightMm: isRound ? widthMm : (numberOfCell(profile?.['PRO_HGT']) ?? widthMm), widthMm: isRound ? null : widthMm, material: profile?.['PRO_MAT'] ?? null,
      invertStartM: numberOfCell(values['BOB_KN1']), invertEndM: numberOfCell(values['BOB_KN2']), groundStartM: from.groundM, groundEndM: to.groundM,
    }
    lines.push({ id: values['UNI_IDE'] ?? null, ref, geometry: 'line', parts: [[from.at, to.at]], properties: { ...values, ...own } })
  }
  return [
    declaredLayer('line', lines, null, declaredMapping({
      layer: links?.name ?? 'Verbinding', target: 'assets', id: null, kind: { field: 'VRB_TYP', values: { GMG: 'sewer_combined', DWA: 'sewer_foul', HWA: 'sewer_storm', DRG: 'sewer_storm' }, fallback: 'sewer_combined' },
      size: { field: 'heightMm', widthField: 'widthMm', shapeField: 'profileShape', unit: 'mm', dimension: 'inner' },
      level: { source: 'fields', reference: 'invert', startField: 'invertStartM', endField: 'invertEndM', groundStartField: 'groundStartM', groundEndField: 'groundEndM', zeroIsUnknown: false },
    })),
    declaredLayer('point', points, null, declaredMapping({
      layer: nodes?.name ?? 'Knooppunt', target: 'nodes', id: null, kind: 'sewer_combined',
      level: { source: 'fields', reference: 'invert', startField: 'bottomM', groundStartField: 'groundM', zeroIsUnknown: false },
      nodeType: { field: 'KNP_TYP', values: { INS: 'manhole', UIT: 'outfall' }, fallback: 'manhole' },
    })),
  ].filter(layer => layer.features.length > 0)
}
