import type { Vec3 } from '../../twin/asset.ts'
import type { LINE_LOOKS } from './drawing-sheet.ts'
import { figure } from './figures.ts'

/** Characters a layer's name may not have. */
const FORBIDDEN = /[<>/\\":;?*|=,`\r\n]/g

/** `给水`, `给水-规划`: a layer's name from its parts, those that are empty left out. */
export const layerName = (...parts: readonly string[]): string => parts.filter(part => part !== '').join('-').replaceAll(FORBIDDEN, '_').slice(0, 200)

export type DxfGroup = readonly [code: number, value: string | number]

/** Groups as the lines of a drawing. */
export const dxfText = (groups: readonly DxfGroup[]): string => groups.map(([code, value]) => `${code}\n${value}\n`).join('')

/** What a layer looks like. `pen`: hundredths of a millimetre. */
export interface DxfLayer {
  readonly aci: number
  readonly pen?: number
  readonly look?: (typeof LINE_LOOKS)[number]
}

const LOOK_NAMES = { continuous: 'Continuous', dashed: 'UP_DASHED', dashdot: 'UP_DASHDOT' } as const
/** Dashes and gaps of a look in millimetres on paper. */
const DASHES = { dashed: [3, -1.5], dashdot: [6, -1.2, 0, -1.2] } as const

/** Units of a drawing: its header's number. */
const UNITS = { m: 6, mm: 4 } as const

/** Header, tables and blocks of a drawing with these layers by name, up to its first entity. */
export function dxfBegin(layers: ReadonlyMap<string, DxfLayer>, [low, high]: readonly [Vec3, Vec3], unit: keyof typeof UNITS): string {
  const corner = (name: string, [x, y, z]: Vec3) => `9\n${name}\n10\n${figure(x)}\n20\n${figure(y)}\n30\n${figure(z)}\n`
  return [
    `0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1018\n9\n$DWGCODEPAGE\n3\nANSI_936\n9\n$HANDSEED\n5\nFFFFFFF\n9\n$INSUNITS\n70\n${UNITS[unit]}\n9\n$MEASUREMENT\n70\n1\n`,
    corner('$EXTMIN', low), corner('$EXTMAX', high), '0\nENDSEC\n', '0\nSECTION\n2\nTABLES\n',
    table('VPORT', '8', []),
    table('LTYPE', '5', [...[['14', 'ByBlock'], ['15', 'ByLayer'], ['16', 'Continuous']].map(([handle, name]) => lineType(handle!, name!, [])), lineType('17', LOOK_NAMES.dashed, DASHES.dashed), lineType('18', LOOK_NAMES.dashdot, DASHES.dashdot)]),
    table('LAYER', '2', [['0', { aci: 7 }] as const, ...layers].map(([name, layer], i) => layerRecord((0x10000000 + i).toString(16).toUpperCase(), name, layer))),
    table('STYLE', '3', [record('STYLE', '11', 'AcDbTextStyleTableRecord', '2\nStandard\n70\n0\n40\n0\n41\n1\n50\n0\n71\n0\n42\n1\n3\ntxt.shx\n4\ngbcbig.shx\n')]),
    table('VIEW', '6', []), table('UCS', '7', []),
    table('APPID', '9', [record('APPID', '12', 'AcDbRegAppTableRecord', '2\nACAD\n70\n0\n'), record('APPID', '13', 'AcDbRegAppTableRecord', '2\nUNDERPLAN\n70\n0\n')]),
    table('DIMSTYLE', 'A', []),
    table('BLOCK_RECORD', '1', [record('BLOCK_RECORD', '1F', 'AcDbBlockTableRecord', '2\n*Model_Space\n'), record('BLOCK_RECORD', '1B', 'AcDbBlockTableRecord', '2\n*Paper_Space\n')]),
    '0\nENDSEC\n0\nSECTION\n2\nBLOCKS\n', block('*Model_Space', '1F', '20', '21'), block('*Paper_Space', '1B', '1C', '1D'), '0\nENDSEC\n', '0\nSECTION\n2\nENTITIES\n',
  ].join('')
}

export const DXF_END = '0\nENDSEC\n0\nSECTION\n2\nOBJECTS\n0\nDICTIONARY\n5\nC\n330\n0\n100\nAcDbDictionary\n281\n1\n3\nACAD_GROUP\n350\nD\n0\nDICTIONARY\n5\nD\n330\nC\n100\nAcDbDictionary\n281\n1\n0\nENDSEC\n0\nEOF\n'

const table = (name: string, handle: string, records: readonly string[]): string =>
  `0\nTABLE\n2\n${name}\n5\n${handle}\n330\n0\n100\nAcDbSymbolTable\n70\n${records.length}\n${name === 'DIMSTYLE' ? '100\nAcDbDimStyleTable\n' : ''}${records.join('')}0\nENDTAB\n`

const record = (type: string, handle: string, marker: string, groups: string): string => `0\n${type}\n5\n${handle}\n100\nAcDbSymbolTableRecord\n100\n${marker}\n${groups}`

const lineType = (handle: string, name: string, dashes: readonly number[]): string =>
  record('LTYPE', handle, 'AcDbLinetypeTableRecord', `2\n${name}\n70\n0\n3\n\n72\n65\n73\n${dashes.length}\n40\n${dashes.reduce((sum, dash) => sum + Math.abs(dash), 0)}\n${dashes.map(dash => `49\n${dash}\n74\n0\n`).join('')}`)

const layerRecord = (handle: string, name: string, { aci, pen, look = 'continuous' }: DxfLayer): string =>
  record('LAYER', handle, 'AcDbLayerTableRecord', `2\n${name}\n70\n0\n62\n${aci}\n6\n${LOOK_NAMES[look]}\n${pen === undefined ? '' : `370\n${pen}\n`}`)

const block = (name: string, owner: string, begin: string, end: string): string =>
  `0\nBLOCK\n5\n${begin}\n330\n${owner}\n100\nAcDbEntity\n8\n0\n100\nAcDbBlockBegin\n2\n${name}\n70\n0\n10\n0\n20\n0\n30\n0\n3\n${name}\n1\n\n0\nENDBLK\n5\n${end}\n330\n${owner}\n100\nAcDbEntity\n8\n0\n100\nAcDbBlockEnd\n`
