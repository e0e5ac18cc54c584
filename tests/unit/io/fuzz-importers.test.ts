import { describe, expect, it } from 'vitest'
import type { SourceFile } from '#shared/io/source.ts'
import { aNetwork, written } from '../io-export/a-network.ts'
import { DELIVERY } from './imkl/imkl-source.ts'
import { expectMutantsUnharmed, importOf } from './mutate.ts'
import { tiff } from './raster/tiff-source.ts'
import { dbfBytes, shpBytes, UTM_10N_ESRI } from './shapefile/shapefile-source.ts'
import { hasSharedData, sharedData } from './shared-data.ts'

/**
 * Mutants of every format that importers read: none crashes, hangs or gives half of itself. `UNDERPLAN_MUTANTS=10000`
 * makes it a long run; the figures are printed then. Seeds are in the titles.
 */
const LONG = Number(process.env['UNDERPLAN_MUTANTS'] ?? 0)
const COUNT = LONG > 0 ? LONG : 60
const SEED = 20_261_126

const text = (name: string, content: string): SourceFile => ({ name, bytes: new TextEncoder().encode(content) })
const own = (extension: string, format = extension): SourceFile => ({ name: `x${extension}`, bytes: written(format, aNetwork()) })
const real = (path: string): SourceFile | null => (hasSharedData(path) ? sharedData(path)[0]! : null)

const AGS = text('x.ags', '"GROUP","LOCA"\r\n"HEADING","LOCA_ID","LOCA_NATE","LOCA_NATN","LOCA_GREF","LOCA_GL","LOCA_FDEP"\r\n"UNIT","","m","m","","m","m"\r\n"TYPE","ID","2DP","2DP","PA","2DP","2DP"\r\n"DATA","BH1","532290.00","180450.00","OSGB","3.70","60.05"\r\n\r\n"GROUP","GEOL"\r\n"HEADING","LOCA_ID","GEOL_TOP","GEOL_BASE","GEOL_DESC","GEOL_LEG"\r\n"DATA","BH1","0.00","1.20","MADE GROUND, ""loose""","102"\r\n"DATA","BH1","1.20","4.00","Firm CLAY","201"\r\n')
const AGS3 = text('y.ags', '"**HOLE"\r\n"*HOLE_ID","*HOLE_NATE","*HOLE_NATN","*HOLE_GL","*?HOLE_FDEP"\r\n"<UNITS>","m","m","m","m"\r\n"BH01","513906.00","298472.00","30.599","12.000"\r\n"<CONT>","","","","5"\r\n')
const GEF = text('x.gef', '#GEFID = 1,1,0\r\n#COLUMNSEPARATOR = ;\r\n#RECORDSEPARATOR = !\r\n#REPORTCODE = GEF-BORE-Report,1,0,0\r\n#TESTID = B25\r\n#XYID = 31000,115300,480250\r\n#ZID = 31000,-4.0\r\n#EOH =\r\n0.00;12.50;-9999.99;\'NBE\';\'GM\';!\r\n12.50;26.00;270.00;\'Zg1\';\'GR\';!\r\n')
const BRO = text('x.xml', '<dispatchDataResponse xmlns:g="http://www.opengis.net/gml/3.2"><dispatchDocument><BHR_GT_O g:id="a"><broId>BHR1</broId><deliveredLocation><location><g:Point srsName="urn:ogc:def:crs:EPSG::28992"><g:pos>132781.3 448031.1</g:pos></g:Point></location></deliveredLocation><deliveredVerticalPosition><offset uom="m">0.09</offset></deliveredVerticalPosition><descriptiveBoreholeLog><layer><upperBoundary>0.0</upperBoundary><lowerBoundary>1.5</lowerBoundary><soil><geotechnicalSoilName>klei</geotechnicalSoilName></soil></layer></descriptiveBoreholeLog></BHR_GT_O></dispatchDocument></dispatchDataResponse>')
const FIBRE = text('x.json', '{"networks":[{"id":"1","nodes":[{"id":"n","location":{"type":"Point","coordinates":[-0.17,5.6]},"status":"operational"}],"spans":[{"id":"s","route":{"type":"LineString","coordinates":[[-0.17,5.6],[-0.2,5.9]]},"status":"planned","physicalInfrastructureProvider":{"id":"p","name":"FibreCo"}}]}]}')
const GRID = text('x.asc', 'ncols 3\nnrows 2\nxllcorner 500000\nyllcorner 4000000\ncellsize 10\nNODATA_value -9999\n1 2 3\n4 -9999 6\n')
const SURVEY_POINTS = text('x点.csv', '物探点号,特征,附属物,X,Y,地面高程,埋深\r\nTR1,三通,,3280000.00,500000.00,260.50,1.20\r\nTR2,,阀门井,3280050.00,500000.00,260.00,1.10\r\nTR3,直线点,,3280050.00,500040.00,259.50,1.00\r\n')
const SURVEY_LINES = text('x线.csv', '起点点号,终点点号,管线种类,管径(mm),材质,权属单位,埋设方式,起点埋深,终点埋深\r\nTR1,TR2,燃气,200,PE,某市燃气集团,直埋,1.20,1.10\r\nTR2,TR3,燃气,110,PE,,直埋,1.10,1.00\r\n')
const ONE_TABLE = text('y.csv', '管线点号,连接点号,特征,X,Y,地面高程,管顶高程,管径,材质\r\nJS1,JS2,三通,3280000.00,500000.00,260.50,259.2,DN300,铸铁\r\nJS2,JS1,弯头,3280050.00,500000.00,260.00,258.9,DN300,铸铁\r\n')
const bytes = (name: string, content: Uint8Array): SourceFile => ({ name, bytes: content })
const SHAPES = [
  bytes('x.shp', shpBytes(13, [{ type: 13, parts: [[[429000, 5440000, 10], [429100, 5440000, 11]]] }, { type: 13, parts: [[[429000, 5440010, 1], [429010, 5440010, 2]], [[429010, 5440010, 2], [429020, 5440010, 3]]] }])),
  bytes('x.dbf', dbfBytes([{ name: 'GXLX', type: 'C', length: 10 }, { name: 'GJ', type: 'N', length: 6 }], [[new TextEncoder().encode('gas'), new TextEncoder().encode('   200')], [new TextEncoder().encode('water'), new TextEncoder().encode('   300')]])),
  text('x.prj', UTM_10N_ESRI),
]

const XML_PIECES = ['<', '/>', '&lt;', '<!DOCTYPE a [<!ENTITY b "c">]>', '&b;', ']]>', '1e400', 'NaN', ' 0 0 0', '<![CDATA[']
const STEP_PIECES = ['#1', '#99999999999', '$', '*', '((((', '))', ';', "'", '.T.', '1.E400', '/*', '*/', '\\X2\\D800\\X0\\', 'ENDSEC;', 'IFCPOLYLINE((#1,#1))', 'IFCLOCALPLACEMENT(#1,#1)']
const JSON_PIECES = ['{', ']', '"__proto__":', 'null', '1e999', '-0', '[[[[[[', '"\\ud800"']
const TABLE_PIECES = [',', '"', ';', '\r\n', '\t', '=1+1', '\ufeff', '""""', '9e99']
const BYTES = ['\0', '\u00ff', 'PK', '0000']

const SAMPLES: readonly (readonly [name: string, files: SourceFile | readonly SourceFile[] | null, pieces: readonly string[], which?: number])[] = [
  ['GeoJSON', own('.geojson'), JSON_PIECES], ['CityJSON', own('.json'), JSON_PIECES], ['Open Fibre', FIBRE, JSON_PIECES],
  ['IFC of ours', own('.ifc'), STEP_PIECES], ['IFC of others', real('ifc-infra-unit-test/DrainageSystem-1-1.ifc'), STEP_PIECES], ['IFC boreholes', real('ifc-infra-unit-test/Borehole-1.ifc'), STEP_PIECES],
  ['LandXML of ours', own('.xml'), XML_PIECES], ['LandXML of others', real('ifc-infra-unit-test/DrainageSystem-1-1.xml'), XML_PIECES], ['CityGML', real('plateau-unf/takeshiba/53393680_unf_6697_op.gml'), XML_PIECES], ['IMKL', DELIVERY, [...XML_PIECES, 'nl.imkl-KL1.M1', 'srsDimension="3"']], ['INTERLIS', real('teksi-wastewater/minimal-dataset-DSS.xtf'), XML_PIECES], ['BRO', BRO, XML_PIECES],
  ['DXF', own('.dxf'), ['0\nSECTION\n', '8\n', '1001\nUNDERPLAN\n', '10\n1e400\n', 'EOF', '-1\n', '\\U+D800', '70\n65535\n']],
  ['EPANET', own('.inp', 'epanet'), ['[PIPES]', '[', ';', '\t', '1e400', ' N1 N1 ', '[COORDINATES]\n']], ['SWMM', own('.inp', 'swmm'), ['[CONDUITS]', '[XSECTIONS]', '*', ';', 'ELEVATION', '-1e9']],
  ['AGS 4', AGS, [...TABLE_PIECES, '"GROUP"', '"HEADING"', '"DATA"']], ['AGS 3', AGS3, [...TABLE_PIECES, '"**', '"<CONT>"']], ['GEF', GEF, [...TABLE_PIECES, '#EOH =', '#XYID = ', '!']],
  ['survey points', [SURVEY_POINTS, SURVEY_LINES], TABLE_PIECES], ['survey lines', [SURVEY_POINTS, SURVEY_LINES], TABLE_PIECES, 1], ['survey table', ONE_TABLE, TABLE_PIECES],
  ['shapefile', SHAPES, [...BYTES, '\u00ff\u00ff\u00ff\u007f']], ['shapefile table', SHAPES, [...BYTES, '*', '\r'], 1], ['shapefile system', SHAPES, ['[', ']', '"', 'PARAMETER["', '1e999'], 2],
  ['GeoTIFF', bytes('x.tif', tiff([1, 2, 3, 4, 5, -6], 3)), BYTES], ['GeoTIFF deflated', bytes('x.tif', tiff([1, 2, 3, 4, 5, -6], 3, { compression: 8, predictor: 2 })), BYTES],
  ['pandapipes', real('pandapipes-pandapower/versatility_N.json'), JSON_PIECES], ['workbook', own('.xlsx'), BYTES], ['ASCII grid', GRID, ['-', 'ncols 9999999', 'nan', '\n\n', 'cellsize 0']],
]

describe(`mutants, seed ${SEED}`, () => {
  for (const [name, given, pieces, which = 0] of SAMPLES) {
    const files = given && ('name' in given ? [given] : given)
    it.skipIf(!files)(`${COUNT} of ${name}: refused whole, or whole`, { timeout: 60_000 + 200 * COUNT }, () => {
      // A sample that is not read at all would show nothing.
      const { reading, refusal } = importOf(files!)
      expect([refusal, reading.layers.length + reading.grounds.length + (reading.boreholes?.length ?? 0) > 0]).toEqual([null, true])
      const before = process.memoryUsage().heapUsed
      const started = performance.now()
      const { refused, read, longestMs } = expectMutantsUnharmed(files!, which, pieces, SEED, COUNT)
      expect(refused + read).toBe(COUNT)
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(512 * 1024 * 1024)
      if (LONG > 0) process.stdout.write(`${name}: ${COUNT} mutants, ${refused} refused, ${read} read, longest ${longestMs.toFixed(0)} ms of processor time, ${((performance.now() - started) / 1000).toFixed(0)} s\n`)
    })
  }
})
