import { GRAVITY_KINDS, type AssetKind, type AssetStatus, type Laying, type NodeType, type PressureClass } from '../../twin/kinds.ts'
import { ASSUMED_DIAMETER_M, ASSUMED_SERVICE_DIAMETER_M } from '../assumptions.ts'
import { leadingNumber, proposeSizeUnit, unitOfName } from '../length-units.ts'
import type { LayerMapping } from '../mapping.ts'
import type { SourceField, SourceLayer } from '../source.ts'
import { firstField, holdsNumbers, nameParts } from './field-role.ts'
import { lengthUnitOf } from './length-unit-of-layer.ts'
import { proposeLevels } from './propose-levels.ts'
import { FLOW_WORDS, GISWATER_STATES, kindMeaning, LAYING_WORDS, KIND_BY_FIELDS, NODE_WORDS, PRESSURE_BOUNDS_MPA, PRESSURE_WORDS, STATUS_WORDS, wordMeaning } from './word-lists.ts'

/** Longest field name a mapping takes. */
const MAX_FIELD_NAME = 200

/**
 * Proposes how a layer's fields become assets or nodes, from their names and values in Chinese and English. A proposal,
 * not a decision: the user corrects it, and what was corrected is kept for the next file with the same fields.
 */
export function proposeMapping(source: SourceLayer): LayerMapping {
  if (source.declared) return source.declared
  const layer = { ...source, fields: source.fields.filter(field => field.name.length <= MAX_FIELD_NAME) }
  const kind = proposeKind(layer)
  const lengthUnit = lengthUnitOf(layer)
  const target = layer.geometry === 'point' ? 'nodes' : layer.geometry === 'polygon' ? (isOfBlocks(layer) ? 'blocks' : 'skip') : 'assets'
  return {
    layer: layer.name,
    target,
    id: { field: proposeId(layer)?.name ?? null },
    ...(layer.geometry === 'polygon' && { name: { field: firstField(layer.fields, NAME_NAMES)?.name ?? null } }),
    kind,
    owner: { field: firstField(layer.fields, target === 'blocks' ? [...RESPONSIBLE_NAMES, ...OWNER_NAMES] : OWNER_NAMES)?.name ?? null, fallback: '' },
    size: proposeSize(layer, kind.fallback, lengthUnit),
    level: proposeLevels(layer, kind, lengthUnit),
    status: { ...proposeStatus(layer), fallback: 'in_use' },
    pressureClass: proposePressure(layer),
    laying: proposeValues(layer, LAYING_NAMES, text => wordMeaning<Laying>(LAYING_WORDS, text)),
    voltage: proposeVoltage(layer),
    flowDirection: proposeValues(layer, FLOW_NAMES, text => wordMeaning(FLOW_WORDS, text)),
    nodeType: { ...proposeValues(layer, NODE_NAMES, text => wordMeaning<NodeType>(NODE_WORDS, text)), fallback: wordMeaning(NODE_WORDS, layer.name) ?? 'other' },
  }
}

const ID_NAMES = [
  / (arc|pipe|asset|line|link|node|connec|gully|conduit|feature|facility|gis) id /, /^ id $/, /管线编号|管段编号|唯一标识|管线号|标识码/, /^ (gxbh|gxbm|bsm|wybm|gdbh|wtdh|tsdh) $/, /^(?!.*(?:起|终|连接)).*(?:编号|点号)/,
  / (uuid|guid|globalid|gid|fid|objectid|ogc fid|asset no|ref|code|name) /, / id /,
]
const OWNER_NAMES = [/权属单位|权属|产权|产权单位/, /^ (qsdw|qsdwmc|qsdwdm|cqdw) $/, / (owner|ownername|ownership|undertaker|operator|utility|company|managed by|administrator) /, /管理单位|单位名称/]
const KIND_NAMES = [/ (kind|utility type|service type|network type|fluid type|fluid|medium|service|commodity|system type|sewer type|utility) /, /管线类型|管线种类|管线类别|管类|管线大类|管线小类/, /^ (gxlx|gxzl|gxdl|gxxl|gl|gxlb|gdlx) $/, / (type|class|category|layer) /, /类型|类别|种类/]
const STATUS_NAMES = [/ (status|state|lifecycle|life cycle|condition status|operational status) /, /使用状态|使用状况|状态|状况/, /^ (syzt|syzk|zt) $/]
const LAYING_NAMES = [/埋设方式|敷设方式|埋设类型|敷设类型/, /^ (msfs|fsfs|mslx|fslx|msfsdm) $/, / (laying|laying method|installation|install method|burial type) /]
const PRESSURE_NAMES = [/压力等级|压力级别|设计压力|压力/, /^ (yl|ylz|yldj|sjyl|ylzz) $/, / (pressure class|pressure|press class|mop|maop|design pressure) /]
const VOLTAGE_NAMES = [/电压等级|电压值|电压/, /^ (dy|dyz|dydj) $/, / (voltage|kv|nominal voltage|volt) /]
const FLOW_NAMES = [/流向|水流方向/, / flow (direction|dir) | flowdir(ection)? /]
const NODE_NAMES = [/附属物|特征点|点类型|管点类型|井类型|特征/, /^ (fsw|tz|tzd|fswmc|fswlx|dlx) $/, / (node type|nodetype|structure type|manhole type|asset type|nodecat id|connec type|gully type|type|category|epa type) /]

function proposeId(layer: SourceLayer): SourceField | null {
  const count = layer.features.length
  const isUnique = (field: SourceField) => field.missing === 0 && field.distinct >= Math.min(count, 10_000) * 0.98
  return firstField(layer.fields, layer.geometry === 'polygon' ? [...ID_NAMES, /编码|代码/] : ID_NAMES, isUnique)
}

/** Layers of areas that somebody answers for say so in their name, or in a field's; parcels (which have a block number), buildings and lakes do not. */
const BLOCK_WORDS = /街区|社区|街道|网格|责任区|片区|行政区|辖区|乡镇| (block|blocks|district|districts|subdistrict|subdistricts|ward|wards|neighbou?rhood|neighbou?rhoods|zone|zones|precincts?|grid cells?) /
const BLOCK_FIELD_WORDS = /街区|社区|网格|责任| (responsible|responsibility) /
const isOfBlocks = (layer: SourceLayer): boolean => BLOCK_WORDS.test(nameParts(layer.name)) || layer.fields.some(field => BLOCK_FIELD_WORDS.test(nameParts(field.name)))

const NAME_NAMES = [/名称|全称|^ 名 $/, / (name|label|title) /, /^ mc $/, /街区|社区|网格/]
const RESPONSIBLE_NAMES = [/责任单位|责任主体|管理单位|主管|责任人/, / (responsible|manager|managed by|authority|department) /]

type KindMapping = LayerMapping['kind']

function proposeKind(layer: SourceLayer): KindMapping {
  const { field, values } = proposeValues(layer, KIND_NAMES, kindMeaning)
  const byName = kindMeaning(layer.name)
  // Where a table holds several kinds, one that is not said can be any of them.
  if (new Set(Object.values(values)).size > 1 && !byName) return { field, values, fallback: 'unknown' }
  // A layer of one medium often says it in its name and leaves the field for something else.
  const frequent = field === null ? undefined : layer.fields.find(candidate => candidate.name === field)?.samples.map(({ value }) => (Object.hasOwn(values, value) ? values[value] : undefined)).find(kind => kind)
  return { field, values, fallback: byName ?? frequent ?? wordMeaning(KIND_BY_FIELDS, layer.fields.map(other => other.name).join(' ')) ?? 'unknown' }
}

/**
 * The field among those named so whose values mean something to us, with what they mean.
 * At least half of what it holds has to be understood: a field that says `CONDUIT` 192 times is about something else.
 */
function proposeValues<T extends string>(layer: SourceLayer, names: readonly RegExp[], meaning: (text: string) => T | undefined): { field: string | null; values: Record<string, T> } {
  for (const name of names) {
    for (const field of layer.fields) {
      if (!name.test(nameParts(field.name))) continue
      const values: [string, T][] = []
      let [known, total] = [0, 0]
      for (const { value, count } of field.samples) {
        const means = meaning(value)
        total += count
        if (means === undefined) continue
        known += count
        values.push([value, means])
      }
      if (known * 2 >= total && known > 0) return { field: field.name, values: Object.fromEntries(values) }
    }
  }
  return { field: null, values: {} }
}

function proposeStatus(layer: SourceLayer): { field: string | null; values: Record<string, AssetStatus> } {
  const state = layer.fields.find(field => field.name === 'state' && field.samples.length > 0 && field.samples.every(({ value }) => Object.hasOwn(GISWATER_STATES, value)))
  if (state) return { field: state.name, values: { ...GISWATER_STATES } }
  return proposeValues(layer, STATUS_NAMES, text => wordMeaning<AssetStatus>(STATUS_WORDS, text))
}

/** Classes by word (中压A, low …) or by figure in MPa. */
function proposePressure(layer: SourceLayer): { field: string | null; values: Record<string, PressureClass> } {
  return proposeValues(layer, PRESSURE_NAMES, text => {
    const byWord = wordMeaning<PressureClass>(PRESSURE_WORDS, text)
    if (byWord) return byWord
    const value = /^\s*\d+(\.\d+)?\s*(MPa)?\s*$/i.test(text) ? leadingNumber(text) : NaN
    return value > 0 ? PRESSURE_BOUNDS_MPA.find(([bound]) => value <= bound)?.[1] : undefined
  })
}

function proposeVoltage(layer: SourceLayer): LayerMapping['voltage'] {
  const field = firstField(layer.fields, VOLTAGE_NAMES)
  // 380 and 220 alone are volts at home; 10000 is nowhere kilovolts.
  const largest = Math.max(0, ...(field?.samples ?? []).map(({ value }) => leadingNumber(value)).filter(Number.isFinite))
  const saysKv = field !== null && (/kv|千伏/i.test(field.name) || field.samples.some(({ value }) => /kv|千伏/i.test(value)))
  return { field: field?.name ?? null, unit: !saysKv && largest >= 1000 ? 'V' : 'kV' }
}

const OUTER_NAMES = [/外径/, / (dext|od|outer|outside|external|ext) /, / (width|diameter|height) m $/]
const NOMINAL_NAMES = [/管径|断面尺寸|规格/, /^ (gj|gjmm|dmcc|gxgj|gjdm) $/, / (diameter|diam|dia|dn|size|bore|pipe size|nominal diameter) /]
const INNER_NAMES = [/内径/, / (dint|id mm|inner|inside|internal|int dia|geom 1) /]
const SECOND_NAMES = [/ (geom 2) /]
const WIDTH_NAMES = [/宽/, / (width|breadth) /]
const HEIGHT_NAMES = [/高度|断面高|管高/, / (height) /]
const SHAPE_NAMES = [/断面形状|断面类型|截面形状/, /^ (dmxz|dmlx) $/, / (shape|cross section|xsection|section type) /]
const WALL_NAMES = [/壁厚/, /^ bh $/, / (wall|thickness|wt) /]

function proposeSize(layer: SourceLayer, kind: AssetKind, lengthUnit: 'm' | 'ft' | null): LayerMapping['size'] {
  const holdsSizes = (field: SourceField) => field.samples.length > 0 && (holdsNumbers(field) || field.samples.filter(({ value }) => /\d/.test(value)).length * 2 > field.samples.length)
  const of = (names: readonly RegExp[]) => firstField(layer.fields, names, holdsSizes)
  const [outer, nominal, inner] = [of(OUTER_NAMES), of(NOMINAL_NAMES), of(INNER_NAMES)]
  const [width, height] = [of(WIDTH_NAMES), of(HEIGHT_NAMES)]
  const measured = outer ?? nominal ?? inner ?? width
  const catalogue = measured ? null : proposeCatalogueSize(layer)
  const field = measured ?? catalogue?.field ?? null
  const isInner = field !== null && (field === inner || ((catalogue !== null || (field === nominal && field !== outer)) && GRAVITY_KINDS.has(kind)))
  // Giswater and SWMM: the first figure is the height, the second the width.
  const second = field === inner && inner !== null && / geom 1 /.test(nameParts(inner.name)) ? of(SECOND_NAMES) : null
  const wall = of(WALL_NAMES)
  return {
    field: field?.name ?? null,
    heightField: second ? null : (height?.name ?? null),
    widthField: second?.name ?? (width && width !== field ? width.name : null),
    shapeField: firstField(layer.fields, SHAPE_NAMES)?.name ?? null,
    unit: catalogue?.unit ?? proposeSizeUnit(field, lengthUnit),
    dimension: isInner ? 'inner' : 'outer',
    wallField: wall?.name ?? null,
    wallUnit: wall ? (unitOfName(wall.name) ?? ((wall.max ?? 0) > 1 ? 'mm' : 'm')) : 'mm',
    fallbackDiameterM: (isOfServices(layer) ? ASSUMED_SERVICE_DIAMETER_M : ASSUMED_DIAMETER_M)[kind],
  }
}

const CATALOGUE_NAMES = [/ (link|arc|pipe|conduit|connec|line)? ?cat id /, / (linkcat|arccat|pipecat|conduitcat) id /]
/** A material or shape, then the size: `PVC63-PN10`, `CC040`, `PVC-CC025_D`, `DN300`. */
const CATALOGUE_VALUE = /^(?:[A-Z]{2,5}[-_ ]){0,2}[A-Z]{2,5}[-_ ]?(\d{2,4})(?!\d)/i

/**
 * Names of a pipe catalogue that hold the size, where no field does. Three figures with a leading zero are centimetres
 * (Giswater's CC040 is 0.40 m), others millimetres.
 */
function proposeCatalogueSize(layer: SourceLayer): { readonly field: SourceField; readonly unit: 'mm' | 'cm' } | null {
  const field = firstField(layer.fields, CATALOGUE_NAMES, ({ samples }) => samples.length > 0 && samples.every(({ value }) => CATALOGUE_VALUE.test(value.trim())))
  return field && { field, unit: field.samples.some(({ value }) => CATALOGUE_VALUE.exec(value.trim())?.[1]?.startsWith('0')) ? 'cm' : 'mm' }
}

/** Layers of connections to houses and gullies say so in their name, or in what they join. */
const SERVICE_WORDS = /支管|入户|接户|户线|引入管|连接管| (service|services|lateral|laterals|link|links|house connections?|connec|connecs|hausanschluss|hausanschl(u|ü)sse) /
const SERVICE_FIELDS = / (feature type|exit type) /
const isOfServices = (layer: SourceLayer): boolean =>
  layer.geometry === 'line' && (SERVICE_WORDS.test(nameParts(layer.name)) && !/ (pipes|mains|arcs) /.test(nameParts(layer.name)) || layer.fields.filter(field => SERVICE_FIELDS.test(nameParts(field.name))).length === 2)

