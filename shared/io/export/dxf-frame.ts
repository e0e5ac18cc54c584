import type { Vec3 } from '../../twin/asset.ts'
import { figure } from './figures.ts'

/** Characters a layer's name may not have. */
const FORBIDDEN = /[<>/\\":;?*|=,`\r\n]/g

/** `给水`, `给水-规划`: a layer's name from its parts, those that are empty left out. */
export const layerName = (...parts: readonly string[]): string => parts.filter(part => part !== '').join('-').replaceAll(FORBIDDEN, '_').slice(0, 200)

/** Header, tables and blocks of a drawing in metres with these layers (name → colour number), up to its first entity. */
export function dxfBegin(layers: ReadonlyMap<string, number>, [low, high]: readonly [Vec3, Vec3]): string {
  const corner = (name: string, [x, y, z]: Vec3) => `9\n${name}\n10\n${figure(x)}\n20\n${figure(y)}\n30\n${figure(z)}\n`
  return [
    '0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1018\n9\n$DWGCODEPAGE\n3\nANSI_936\n9\n$HANDSEED\n5\nFFFFFFF\n9\n$INSUNITS\n70\n6\n9\n$MEASUREMENT\n70\n1\n',
    corner('$EXTMIN', low), corner('$EXTMAX', high), '0\nENDSEC\n', '0\nSECTION\n2\nTABLES\n',
    table('VPORT', '8', []),
    table('LTYPE', '5', [['14', 'ByBlock'], ['15', 'ByLayer'], ['16', 'Continuous']].map(([handle, name]) => record('LTYPE', handle!, 'AcDbLinetypeTableRecord', `2\n${name}\n70\n0\n3\n\n72\n65\n73\n0\n40\n0\n`))),
    table('LAYER', '2', [['0', 7] as const, ...layers].map(([name, colour], i) => record('LAYER', (0x10000000 + i).toString(16).toUpperCase(), 'AcDbLayerTableRecord', `2\n${name}\n70\n0\n62\n${colour}\n6\nContinuous\n`))),
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

const block = (name: string, owner: string, begin: string, end: string): string =>
  `0\nBLOCK\n5\n${begin}\n330\n${owner}\n100\nAcDbEntity\n8\n0\n100\nAcDbBlockBegin\n2\n${name}\n70\n0\n10\n0\n20\n0\n30\n0\n3\n${name}\n1\n\n0\nENDBLK\n5\n${end}\n330\n${owner}\n100\nAcDbEntity\n8\n0\n100\nAcDbBlockEnd\n`
