import { z } from 'zod'
import { DEFAULT_RADIUS_M } from '../adjacent-spaces.ts'
import { DEFAULT_OLD_YEARS } from '../collapse.ts'
import { TRENCH_DEFAULTS } from '../digging.ts'
import { DEFAULT_ALONG_M, MOST_ALONG_M } from '../gas-along.ts'
import { DEFAULT_LIFELINE, lifelineSettingsSchema, stormFields } from '../lifeline/lifeline-settings.ts'
import { INFLOW_METHODS, OVERFLOW_DEFAULTS } from '../overflow/overflow.ts'
import { ASSET_KINDS } from '../../twin/kinds.ts'

const asset = z.string().min(1).max(200)
const kind = z.enum(ASSET_KINDS).nullable()
const years = z.number().min(0.1).max(1000)

/** The storm, known by its id or the user's own A (1 + C lg P) / (t + b)^n, and how the rain comes to the drains. */
const rainFields = {
  ...stormFields,
  inflow: z.enum(INFLOW_METHODS), durationMin: z.number().min(5).max(1440), peakShare: z.number().min(0).max(1),
  runoffCoefficient: z.number().min(0).max(1), inletMinutes: z.number().min(0).max(120),
  roughness: z.number().min(0.005).max(0.1), reachM: z.number().min(5).max(1000), tailwaterM: z.number().min(-1000).max(10_000).nullable(), dryFlowLs: z.number().min(0).max(1000),
}
const collapseFields = {
  soil: z.string().max(100).nullable(), groundwaterDepthM: z.number().min(0).max(200).nullable(), oldYears: z.number().min(1).max(500),
}
const digFields = { sideM: z.number().min(0).max(10), beddingM: z.number().min(0).max(5) }

/** What each method is asked, checked at the edge. */
export const analysisParametersSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('burst'), asset }),
  z.strictObject({ method: z.literal('connectivity'), kind }),
  z.strictObject({ method: z.literal('trace'), asset, direction: z.enum(['up', 'down', 'both']), to: asset.nullable() }),
  z.strictObject({ method: z.literal('flow'), kind }),
  /** Without an asset: every enclosed space near any gas pipe. */
  z.strictObject({ method: z.literal('gas'), asset: asset.nullable(), holeMm: z.number().min(0.1).max(2000), pressureKPa: z.number().min(0).max(10_000).nullable(), radiusM: z.number().min(0.1).max(200), alongM: z.number().min(0).max(MOST_ALONG_M) }),
  z.strictObject({ method: z.literal('overflow'), returnYears: z.array(years).min(1).max(12), ...rainFields }),
  /** One storm through a SWMM program beside the screening. */
  z.strictObject({ method: z.literal('swmm'), returnYear: years, ...rainFields }),
  z.strictObject({ method: z.literal('collapse'), ...collapseFields, ...digFields }),
  /** What the active scheme digs. */
  z.strictObject({ method: z.literal('dig'), ...digFields }),
  z.strictObject({ method: z.literal('pressure'), kind: z.enum(ASSET_KINDS), demandLs: z.number().min(0).max(1000), closed: asset.nullable() }),
  lifelineSettingsSchema.extend({ method: z.literal('lifeline') }),
  /** How far along a line a trial hole tells where it is. */
  z.strictObject({ method: z.literal('holes'), tellsM: z.number().min(0.5).max(50) }),
  /** To the left of the line's direction, and up. */
  z.strictObject({ method: z.literal('shift'), asset, leftM: z.number().min(-20).max(20), upM: z.number().min(-20).max(20) }),
])
export type AnalysisParameters = z.infer<typeof analysisParametersSchema>
export type ParametersOf<M extends AnalysisParameters['method']> = Extract<AnalysisParameters, { method: M }>

const { returnYears, ...RAIN } = OVERFLOW_DEFAULTS
const stormOf = ({ radiusM: _, returnYears: __, ...storm }: typeof DEFAULT_LIFELINE) => storm
const RAIN_DEFAULTS = { ...stormOf(DEFAULT_LIFELINE), ...RAIN, tailwaterM: null, dryFlowLs: 0 } as const

/** What a method starts with; assets are for the user to choose. */
export const PARAMETER_DEFAULTS: { readonly [M in AnalysisParameters['method']]: Omit<ParametersOf<M>, 'method' | 'asset'> } = {
  burst: {},
  connectivity: { kind: null },
  trace: { direction: 'up', to: null },
  flow: { kind: null },
  gas: { holeMm: 10, pressureKPa: null, radiusM: DEFAULT_RADIUS_M, alongM: DEFAULT_ALONG_M },
  overflow: { returnYears: [...returnYears], ...RAIN_DEFAULTS },
  swmm: { returnYear: 5, ...RAIN_DEFAULTS },
  collapse: { soil: null, groundwaterDepthM: null, oldYears: DEFAULT_OLD_YEARS, ...TRENCH_DEFAULTS },
  dig: TRENCH_DEFAULTS,
  pressure: { kind: 'water', demandLs: 0.05, closed: null },
  lifeline: DEFAULT_LIFELINE,
  holes: { tellsM: 3 },
  shift: { leftM: 0, upM: 0 },
}
