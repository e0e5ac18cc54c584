import type { AssetKind, AssetStatus, Laying, NodeType, PressureClass } from '../../twin/kinds.ts'
import type { FLOW_DIRECTIONS } from '../../twin/flow-direction.ts'
import { nameParts } from './field-role.ts'

/**
 * Words by which surveys, utilities and GIS products name things, Chinese and English first, the neighbours' where seen.
 * Order decides: the first pattern that matches a value wins. Patterns meet lower-case text; two-letter survey codes
 * (CJJ 61: JS, PS, YS, WS …) are matched as they are written, in capitals.
 */
export type WordList<T> = readonly (readonly [RegExp, T])[]

/** Codes of the Chinese survey standard as whole values or as the first part of a layer name. Capitals only. */
export const KIND_CODES: Readonly<Record<string, AssetKind>> = {
  JS: 'water', SS: 'water', PS: 'sewer_combined', YS: 'sewer_storm', WS: 'sewer_foul', HS: 'sewer_combined', ZS: 'reclaimed',
  RQ: 'gas', TR: 'gas', MQ: 'gas', YH: 'gas', RL: 'heat', RS: 'heat', ZQ: 'heat', DL: 'power', GD: 'power', LD: 'power', XH: 'power',
  DX: 'telecom', TX: 'telecom', LT: 'telecom', YD: 'telecom', DS: 'telecom', JK: 'telecom', GY: 'industrial', SY: 'industrial', BM: 'unknown',
}

export const KIND_WORDS: WordList<AssetKind> = [
  [/再生水|中水|回用水|reclaimed|recycled|reuse/, 'reclaimed'],
  [/合流|雨污|combined|unitari/, 'sewer_combined'],
  [/雨水|storm|rain|surface ?water|pluvial|drainage_storm/, 'sewer_storm'],
  [/污水|汚水|废水|foul|sanitary|waste ?water|residual|sewage/, 'sewer_foul'],
  [/排水|下水|sewer|drain|clavegueram|alcantarillad|^ud(_|$)/, 'sewer_combined'],
  [/燃气|ガス|天然气|煤气|液化气|(^|[^a-z])gas([^a-z]|$)|natural_?gas/, 'gas'],
  [/热力|供热|热水|蒸汽|heat|steam|vorlauf|r(ü|ue)cklauf|w(ä|ae)rme/, 'heat'],
  [/电力|電力|高圧|低圧|供电|路灯|输电|配电|power|electric|street_?light|cable_(lv|mv|hv)/, 'power'],
  [/通信|電話|电信|移动|联通|广电|有线电视|弱电|监控|telecom|fibre|fiber|communication|broadband/, 'telecom'],
  [/综合管廊|共同沟|隧道|tunnel/, 'tunnel'],
  [/管沟|电缆沟|trench/, 'trench'],
  [/给水|水道|水循環|消雪|供水|自来水|上水|消防|原水|(^|[^a-z])water|potable|drinking|abast|^ws(_|$)/, 'water'],
  [/工业|送風|石油|输油|氧气|氢气|化工|industrial|oil|petrol/, 'industrial'],
]

/** Fields that only one kind of network has, where nothing says the kind itself. Meets all names of a layer in one text. */
export const KIND_BY_FIELDS: WordList<AssetKind> = [
  [/(^| )(check_?valve|minor_?loss|water_?cate?g)/, 'water'],
  [/(^| )(qext|vlt_max|rlt_max|w(ä|ae)rmebedarf)/, 'heat'],
  [/(^| )(manning|ponded_?area|surcharge)/, 'sewer_storm'],
]

export const STATUS_WORDS: WordList<AssetStatus> = [
  [/拆除|removed|demolished|dismantled/, 'removed'],
  [/废弃|停用|报废|不用|abandon|disused|out.?of.?(service|use)|obsolete|inactive|retired|dead/, 'abandoned'],
  [/规划|设计|拟建|在建|planned|proposed|future|design|under.?construction/, 'planned'],
  [/在用|使用|正常|运行|现状|已建|in.?(use|service)|active|operational|existing|live|current/, 'in_use'],
]

/** Giswater's `state` is a number: 0 out of service, 1 in service, 2 planned. */
export const GISWATER_STATES: Readonly<Record<string, AssetStatus>> = { '0': 'abandoned', '1': 'in_use', '2': 'planned' }

export const LAYING_WORDS: WordList<Laying> = [
  [/管廊|隧道|共同沟|tunnel|gallery/, 'tunnel'],
  [/管沟|沟道|地沟|方沟|沟埋|trench|trough|channel/, 'trench'],
  [/管块|管埋|排管|套管|导管|穿管|duct|conduit|sleeve/, 'duct'],
  [/直埋|direct|buried/, 'direct'],
]

export const PRESSURE_WORDS: WordList<PressureClass> = [
  [/次高压\s*a|sub.?high.?a/, 'sub_high_a'],
  [/次高压|sub.?high/, 'sub_high_b'],
  [/中压\s*a|medium.?a/, 'medium_a'],
  [/中压|medium/, 'medium_b'],
  [/高压|high/, 'high'],
  [/低压|low/, 'low'],
]

/** Which way a survey says that a line flows: in words, by an arrow, or 0 from start to end and 1 back, as survey tables code it. */
export const FLOW_WORDS: WordList<(typeof FLOW_DIRECTIONS)[number]> = [
  [/^(0|\+|→|->|正向?|顺[流向]?|with|forward|downstream)$|^(自|从|由)?起点?\s*(至|到|→|->|—|-)+\s*终|^with.?digiti|^start.*end$/, 'with'],
  [/^(1|-|←|<-|反向?|逆[流向]?|against|backward|reverse)$|^(自|从|由)?终点?\s*(至|到|→|->|—|-)+\s*起|^against.?digiti|^end.*start$/, 'against'],
]

/** Upper bounds of the gas pressure classes, MPa, inclusive (GB 50028-2006 table 6.1.6). */
export const PRESSURE_BOUNDS_MPA: readonly (readonly [number, PressureClass])[] = [
  [0.01, 'low'], [0.2, 'medium_b'], [0.4, 'medium_a'], [0.8, 'sub_high_b'], [1.6, 'sub_high_a'], [10, 'high'],
]

export const NODE_WORDS: WordList<NodeType> = [
  [/雨水篦|雨水口|雨篦|gully|gull|inlet|catch.?basin/, 'gully'],
  [/消防|消火栓|hydrant/, 'hydrant'],
  [/阀门井|阀井|阀|valve|vlv/, 'valve'],
  [/水源|水厂|source|reservoir|netwjoin|water_?works/, 'source'],
  [/水池|水箱|调蓄|tank|storage/, 'tank'],
  [/泵|pump/, 'pump'],
  [/出水口|排放口|排水口|outfall|wwtp|discharge/, 'outfall'],
  [/检查井|窨井|人孔|检修井|manhole|(^|_)mh(_|$)/, 'manhole'],
  [/手孔|接线井|井室|小室|井|chamber|vault|register/, 'chamber'],
  [/接户|入户|户表|connec|cjoin|service|tap|house/, 'connection'],
  [/杆|pole/, 'pole'],
  [/三通|四通|弯头|变径|转折|探测点|管线点|拐点|直线点|变深|junction|elbow|tee|bend|reduc|endline|^(t|x)(dn|$)|union|adapta/, 'junction'],
]

/** What a section's shape is called. An egg or an arch is taken as the rectangle around it. */
export const SHAPE_WORDS: WordList<'circle' | 'rectangle'> = [
  [/circ|round|圆|force_?main|pipe|kreis/, 'circle'],
  [/rect|box|square|矩|方|egg|蛋|卵|ovoid|arch|拱|马蹄|horseshoe|trapez|梯/, 'rectangle'],
]

/** First entry whose pattern the lower-cased text matches. */
export function wordMeaning<T>(list: WordList<T>, text: string): T | undefined {
  const lower = text.trim().toLowerCase()
  return lower === '' ? undefined : list.find(([pattern]) => pattern.test(lower))?.[1]
}

/** Kind a value or a layer's name stands for: by survey code, else by words. */
export function kindMeaning(text: string): AssetKind | undefined {
  const code = /^([A-Z]{2})(?=$|[^a-zA-Z]|L$|LINE|_)/.exec(text.trim())?.[1]
  if (code && Object.hasOwn(KIND_CODES, code)) return KIND_CODES[code]
  return wordMeaning(KIND_WORDS, text) ?? wordMeaning(KIND_WORDS, nameParts(text))
}
