import type { AttributeValue } from '../../../twin/asset.ts'
import { declaredMapping } from '../../declared-mapping.ts'
import type { IssueLog } from '../../issue-log.ts'
import type { LayerMapping } from '../../mapping.ts'
import { FLOW_WORDS, kindMeaning, LAYING_WORDS, PRESSURE_WORDS, STATUS_WORDS, wordMeaning } from '../../propose/word-lists.ts'
import type { SourceFeature, SourceLayer } from '../../source.ts'
import { declaredLayer } from '../../source-layers.ts'
import { numberOfCell, type HeadedTable } from './table.ts'

/** Columns of a table of lines that carries the place and the centre's level of both ends itself, as our own export writes it in either language. */
const COLUMNS = {
  id: /^(管线编号|lineno\.?)$/, startEast: /^(起点东坐标|starteasting)/, startNorth: /^(起点北坐标|startnorthing)/, startLevel: /^(起点管中心高程|startaxislevel)/,
  endEast: /^(终点东坐标|endeasting)/, endNorth: /^(终点北坐标|endnorthing)/, endLevel: /^(终点管中心高程|endaxislevel)/,
  kind: /^(管线种类|kind)$/, owner: /^(权属单位|owner)$/, status: /^(使用状态|status)$/, shape: /^(断面形状|section)$/, size: /^(外尺寸|size,outer)/, laying: /^(埋设方式|laying)$/,
  pressureClass: /^(压力等级|pressureclass)$/, voltage: /^(电压|voltage)/, assumed: /^(假定项|assumed)$/, flow: /^(流向|flowdirection)$/,
} as const
type Column = keyof typeof COLUMNS
type Columns = Readonly<Partial<Record<Column, string>>>

function columnsOf(names: readonly string[]): Columns {
  const plain = names.map(name => [name, name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()] as const)
  return Object.fromEntries(Object.entries(COLUMNS).flatMap(([column, pattern]) => {
    const found = plain.find(([, text]) => pattern.test(text))
    return found ? [[column, found[0]]] : []
  }))
}

const NEEDED = ['id', 'startEast', 'startNorth', 'endEast', 'endNorth'] as const
const isWhole = (columns: Columns): boolean => NEEDED.every(column => columns[column] !== undefined)

/** Whether a heading is that of such a table; how many of its columns there are, to find the heading by. */
export const isEndTable = (names: readonly string[]): boolean => isWhole(columnsOf(names))
export const scoreEndTable = (names: readonly string[]): number => (isEndTable(names) ? Object.keys(columnsOf(names)).length : 0)

/** Reads such a table. Bends between the ends are not in it, nor accuracies as limits: they stay attributes. */
export function readEndTable(table: HeadedTable, log: IssueLog): SourceLayer {
  const columns = columnsOf(table.columns)
  const features = table.records.flatMap(({ row, values }): SourceFeature[] => {
    const cell = (column: Column): string => values[columns[column] ?? ''] ?? ''
    const ref = `${table.name}#${row}`
    const [from, to] = [placeOf(cell('startEast'), cell('startNorth'), cell('startLevel')), placeOf(cell('endEast'), cell('endNorth'), cell('endLevel'))]
    if (!from || !to) {
      log.add('geometry_null', 'error', `${cell('id')} (${ref})`)
      return []
    }
    const isLevelAssumed = /高程|level/i.test(cell('assumed'))
    return [{ id: cell('id') || null, ref, geometry: 'line', parts: [[from, to]], properties: attributesOf(values), ...(isLevelAssumed && { levelMethod: 'assumed' as const }) }]
  })
  return declaredLayer('line', features, null, mappingOf(table, columns))
}

function placeOf(east: string, north: string, level: string): readonly number[] | null {
  const [x, y, z] = [numberOfCell(east), numberOfCell(north), numberOfCell(level)]
  return x === null || y === null || Math.max(Math.abs(x), Math.abs(y)) > 1e9 ? null : z === null ? [x, y] : [x, y, z]
}

function mappingOf(table: HeadedTable, columns: Columns): LayerMapping {
  const meanings = <T>(column: Column, meaning: (text: string) => T | undefined): { field: string | null; values: Record<string, T> } => {
    const field = columns[column] ?? null
    const texts = new Set(field === null ? [] : table.records.flatMap(({ values }) => values[field] ?? []))
    return { field, values: Object.fromEntries([...texts].slice(0, 1000).flatMap(text => { const means = meaning(text); return means === undefined ? [] : [[text, means]] })) }
  }
  return declaredMapping({
    layer: table.name, target: 'assets', id: columns.id!, kind: { ...meanings('kind', kindMeaning), fallback: 'unknown' },
    ...(columns.owner !== undefined && { ownerField: columns.owner }),
    size: { field: columns.size ?? null, shapeField: columns.shape ?? null, unit: 'mm', dimension: 'outer' },
    level: { zeroIsUnknown: false },
    status: meanings('status', text => wordMeaning(STATUS_WORDS, text)), laying: meanings('laying', text => wordMeaning(LAYING_WORDS, text)),
    pressureClass: meanings('pressureClass', text => wordMeaning(PRESSURE_WORDS, text.replace(/ pressure/i, ''))), voltage: { field: columns.voltage ?? null, unit: 'kV' },
    ...(columns.flow !== undefined && { flowDirection: meanings('flow', text => wordMeaning(FLOW_WORDS, text)) }),
  })
}

const attributesOf = (values: Readonly<Record<string, string>>): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(values).map(([key, text]): [string, AttributeValue] => [key, /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text.slice(0, 10_000)]))
