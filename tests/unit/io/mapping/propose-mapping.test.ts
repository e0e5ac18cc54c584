import { describe, expect, it } from 'vitest'
import { ASSUMED_DIAMETER_M, ASSUMED_SERVICE_DIAMETER_M } from '#shared/io/assumptions.ts'
import { ASSET_KINDS } from '#shared/twin/kinds.ts'
import { proposeMapping } from '#shared/io/propose/propose-mapping.ts'
import { unitOfName } from '#shared/io/length-units.ts'
import { layerMappingSchema } from '#shared/io/mapping.ts'
import { bytesOf, collection, line, point } from '../geojson-source.ts'
import { readSource } from '#shared/io/read-source.ts'
import { unattendedJob } from '#shared/core/job.ts'
import { DEFAULT_IMPORT_LIMITS } from '#shared/io/source.ts'

const propose = (rows: Record<string, unknown>[], name = 'layer', feature: typeof line = line) => {
  const features = rows.map((row, i) => (feature === line ? line([[i, 0], [i, 9]], row) : point([i, 0], row)))
  const { value } = readSource([{ name: `${name}.geojson`, bytes: bytesOf(collection(features)) }], DEFAULT_IMPORT_LIMITS, unattendedJob)
  const mapping = proposeMapping(value.layers[0]!)
  expect(layerMappingSchema.safeParse(mapping).error).toBeUndefined()
  return mapping
}

describe('a Chinese survey table', () => {
  const rows = [
    { GXBH: 'JS1-JS2', GXLX: 'JS', GJ: 'DN300', CZ: '球墨铸铁', QSDW: '水务集团', MSFS: '直埋', QDMS: 1.2, ZDMS: 1.3, QDDMGC: 250.1, ZDDMGC: 249.8, SYZT: '在用', JCNY: '2010-05' },
    { GXBH: 'RQ1-RQ2', GXLX: 'RQ', GJ: 'DN200', CZ: 'PE', QSDW: '燃气集团', MSFS: '套管', QDMS: 1.0, ZDMS: 1.1, QDDMGC: 250.2, ZDDMGC: 249.9, SYZT: '废弃', JCNY: '2015-01' },
    { GXBH: 'WS1-WS2', GXLX: 'WS', GJ: '500', CZ: '砼', QSDW: '', MSFS: '管沟', QDMS: 3.0, ZDMS: 3.1, QDDMGC: 250.2, ZDDMGC: 249.9, SYZT: '在用', JCNY: '2001-01' },
  ]
  const mapping = propose(rows)
  it('by pinyin codes', () => {
    expect(mapping).toMatchObject({
      id: { field: 'GXBH' }, owner: { field: 'QSDW' }, kind: { field: 'GXLX', values: { JS: 'water', RQ: 'gas', WS: 'sewer_foul' } },
      size: { field: 'GJ', unit: 'mm' }, laying: { field: 'MSFS', values: { 直埋: 'direct', 套管: 'duct', 管沟: 'trench' } }, status: { field: 'SYZT', values: { 在用: 'in_use', 废弃: 'abandoned' } },
      level: { source: 'fields', reference: 'depth_to_crown', gravityReference: 'depth_to_invert', startField: 'QDMS', endField: 'ZDMS', groundStartField: 'QDDMGC', groundEndField: 'ZDDMGC', unit: 'm', zeroIsUnknown: true },
    })
  })
  it('by Chinese names', () => {
    const chinese = propose([
      { 管线编号: 'a', 管线类型: '燃气', '管径(mm)': 200, 权属单位: '燃气集团', 埋设方式: '直埋', 起点管顶高程: 240.1, 终点管顶高程: 240.0, 压力: '中压A', 使用状态: '在用' },
      { 管线编号: 'b', 管线类型: '燃气', '管径(mm)': 300, 权属单位: '燃气集团', 埋设方式: '直埋', 起点管顶高程: 240.3, 终点管顶高程: 240.2, 压力: '低压', 使用状态: '在用' },
    ])
    expect(chinese).toMatchObject({
      id: { field: '管线编号' }, kind: { field: '管线类型', values: { 燃气: 'gas' } }, size: { field: '管径(mm)', unit: 'mm', dimension: 'outer' }, owner: { field: '权属单位' },
      level: { source: 'fields', reference: 'crown', startField: '起点管顶高程', endField: '终点管顶高程' }, pressureClass: { field: '压力', values: { 中压A: 'medium_a', 低压: 'low' } },
    })
  })
  it('takes the depth of a sewer for that of its inside bottom', () => {
    expect(propose([{ 管径: 500, 起点埋深: 2.1, 终点埋深: 2.3 }], '污水管线')).toMatchObject({
      kind: { fallback: 'sewer_foul' }, size: { dimension: 'inner', unit: 'mm' }, level: { reference: 'depth_to_invert', startField: '起点埋深', endField: '终点埋深' },
    })
  })
  it('reads gas pressures in MPa by the classes of GB 50028 and cable voltages', () => {
    expect(propose([{ 压力: '0.4' }, { 压力: '0.005' }, { 压力: '0.2' }, { 压力: '2.5' }], '燃气').pressureClass.values).toEqual({ 0.4: 'medium_a', 0.005: 'low', 0.2: 'medium_b', 2.5: 'high' })
    expect(propose([{ 电压值: '10kV' }, { 电压值: '110kV' }], '电力')).toMatchObject({ kind: { fallback: 'power' }, voltage: { field: '电压值', unit: 'kV' } })
    expect(propose([{ voltage: 10000 }, { voltage: 380 }], 'power')).toMatchObject({ voltage: { field: 'voltage', unit: 'V' } })
  })
})

describe('English and GIS names', () => {
  it.each([
    [{ us_invert: 10.1, ds_invert: 9.8 }, 'us_invert', 'ds_invert', 'invert'],
    [{ invert_us: 10.1, invert_ds: 9.8 }, 'invert_us', 'invert_ds', 'invert'],
    [{ UpstreamInvert: 10.1, DownstreamInvert: 9.8 }, 'UpstreamInvert', 'DownstreamInvert', 'invert'],
    [{ inv_up: 10.1, inv_dn: 9.8 }, 'inv_up', 'inv_dn', 'invert'],
    [{ start_crown: 10.1, end_crown: 9.8 }, 'start_crown', 'end_crown', 'crown'],
    [{ depth_from: 1.1, depth_to: 1.2 }, 'depth_from', 'depth_to', 'depth_to_crown'],
    [{ cover: 1.1 }, 'cover', null, 'depth_to_crown'],
  ])('levels of %j', (row, startField, endField, reference) => {
    expect(propose([{ dia_mm: 300, ...row }], 'gas_mains').level).toMatchObject({ source: 'fields', startField, endField, reference })
  })

  it.each([
    ['storm_drains', 'sewer_storm'], ['SewerGravityMains_sanitary', 'sewer_foul'], ['water_mains', 'water'], ['ws_arcs', 'water'], ['ud_arcs', 'sewer_combined'], ['WS_LINE', 'sewer_foul'], ['JSLINE', 'water'], ['燃气管线', 'gas'],
    ['fibre_ducts', 'telecom'], ['district_heating', 'heat'], ['综合管廊', 'tunnel'], ['lines', 'unknown'], ['GasMains', 'gas'],
  ])('a layer called %s carries %s', (name, kind) => {
    expect(propose([{ diameter: 0.3 }], name).kind.fallback).toBe(kind)
  })

  it('reads the coordinates\' z only where it says something', () => {
    const threeD = (z: number) => readSource([{ name: 'gas.geojson', bytes: bytesOf(collection([line([[0, 0, z], [9, 0, z]], { diameter: 0.3 })])) }], DEFAULT_IMPORT_LIMITS, unattendedJob).value.layers[0]!
    expect(proposeMapping(threeD(4)).level).toMatchObject({ source: 'geometry', reference: 'axis' })
    expect(proposeMapping(threeD(0)).level).toMatchObject({ source: 'cover' })
  })

  it('does not take a field that is not unique for the id, nor words it does not know for kinds', () => {
    const mapping = propose([{ arc_id: '1', link_id: 'a', type: 'CONDUIT' }, { arc_id: '1', link_id: 'b', type: 'CONDUIT' }])
    expect(mapping).toMatchObject({ id: { field: 'link_id' }, kind: { field: null, fallback: 'unknown' } })
  })

  it('survives fields with names from hell', () => {
    expect(() => propose([{ __proto__x: 1, constructor: 'a', toString: 2, '': 3, '🚰': 4, [`diameter_${'x'.repeat(300)}`]: 5, ['id'.repeat(200)]: 6 }])).not.toThrow()
  })

  it('maps points as nodes with their types', () => {
    expect(propose([{ node_id: '1', node_type: 'CIRC_MANHOLE' }, { node_id: '2', node_type: 'SHUTOFF_VALVE' }], 'ud_nodes', point as typeof line)).toMatchObject({
      target: 'nodes', nodeType: { field: 'node_type', values: { CIRC_MANHOLE: 'manhole', SHUTOFF_VALVE: 'valve' } },
    })
  })
})

describe('units of sizes', () => {
  it.each([['dia_mm', 'mm'], ['DIAM_MM', 'mm'], ['管径(mm)', 'mm'], ['diameterM', 'm'], ['width_m', 'm'], ['size_in', 'in'], ['d (ft)', 'ft'], ['管径（毫米）', 'mm'], ['diameter', null], ['main', null], ['bottom', null]])('%s says %s', (name, unit) => {
    expect(unitOfName(name)).toBe(unit)
  })
  it.each([
    [{ diameter: 300 }, 'mm'], [{ diameter: 0.3 }, 'm'], [{ dia_mm: 300 }, 'mm'], [{ dia_cm: 30 }, 'cm'], [{ dia_in: 12 }, 'in'], [{ diameter: 'DN110' }, 'mm'], [{ cat_geom1_m: 0.4 }, 'm'], [{ cat_dext_mm: 63 }, 'mm'],
    // The name says centimetres, the values cannot be: 20 m pipes.
    [{ dia_cm: 2000 }, 'mm'],
  ])('%j is in %s', (row, unit) => {
    expect(propose([row, row]).size.unit).toBe(unit)
  })
})

describe('values that objects have by themselves', () => {
  it.each(['__proto__', 'constructor', 'toString'])('%s is no kind, however often it stands there', value => {
    const { kind } = propose([{ kind: value }, { kind: value }, { kind: 'water' }, { kind: 'gas main' }], 'network')
    expect(ASSET_KINDS).toContain(kind.fallback)
  })

  it('a layer of services without sizes is given those of services', () => {
    expect(propose([{ id: 'a', kind: 'water' }], 'service_lines').size.fallbackDiameterM).toBe(ASSUMED_SERVICE_DIAMETER_M.water)
    expect(propose([{ id: 'a', kind: 'water' }], 'water_mains').size.fallbackDiameterM).toBe(ASSUMED_DIAMETER_M.water)
  })
})
