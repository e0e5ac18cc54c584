import type { JobControl } from '../../core/job.ts'
import { groundPatches } from '../../excavation/ground-patches.ts'
import { buildSegmentIndex } from '../../excavation/segment-index.ts'
import { assetKind } from '../../twin/asset-columns.ts'
import { groundSampler } from '../../twin/ground.ts'
import { COLLAPSE_FACTORS, COLLAPSE_GRADES, collapseRows, type CollapseGrade, type CollapseOptions, type CollapseRow } from '../collapse.ts'
import { digDamage, type DigRow } from '../dig-damage.ts'
import { distanceToLine, isInRing, type PlanPoint } from '../plan-points.ts'
import { digEffects, excavationDigs, metLengthM, trenchesFor, TRENCH_DEFAULTS, type Dig } from '../digging.ts'
import type { AnalysisOutcome, Tone } from './outcome.ts'
import { assetRow, idColumn, numberColumn, outcome, table, wordColumn } from './outcome-parts.ts'
import type { ParametersOf } from './parameters.ts'
import { AnalysisRefused, type AnalysisSubject } from './subject.ts'

/** Ground and baseline assets prepared for digs; what a scheme lays itself is not in its own way. */
export function digSite({ columns, ground, proposalsFrom }: AnalysisSubject): Parameters<typeof digEffects>[1] {
  const known = proposalsFrom === columns.count ? columns : { ...columns, count: proposalsFrom }
  return { columns: known, index: buildSegmentIndex(known), ground: ground && groundPatches(ground) }
}

/** A line this near to the wall of a bore is laid in it. */
const IN_BORE_M = 0.5

/**
 * What a scheme digs: its own excavations, and the trenches its lines are laid in wherever they run outside of these and of
 * its bores: a pit says nothing of a line laid elsewhere.
 */
export function schemeDigs({ columns, proposalsFrom, excavations }: AnalysisSubject, settings: Pick<ParametersOf<'dig'>, 'sideM' | 'beddingM'> = TRENCH_DEFAULTS): Dig[] {
  const drawn = excavationDigs(excavations, columns.origin)
  const [ox, oy] = columns.origin
  const bores = excavations.flatMap(({ shape }) => (shape.type === 'bore' ? [{ axis: shape.axis.map(([x, y]): PlanPoint => [x - ox, y - oy]), reachM: shape.diameterM / 2 + IN_BORE_M }] : []))
  const isDug = ({ outline }: Dig): boolean => {
    const [x, y] = [outline.reduce((sum, corner) => sum + corner[0], 0) / outline.length, outline.reduce((sum, corner) => sum + corner[1], 0) / outline.length]
    return drawn.some(dig => isInRing(dig.outline, x, y)) || bores.some(({ axis, reachM }) => distanceToLine(axis, x, y) <= reachM)
  }
  return [...drawn, ...trenchesFor(columns, proposalsFrom, settings).filter(piece => !isDug(piece))]
}

/** Drains of the baseline that the scheme's digging strikes or undermines. @throws CancelledError */
export function dugDrains(subject: AnalysisSubject, digs: readonly Dig[], job: JobControl): Set<number> {
  if (digs.length === 0) return new Set()
  return new Set(digEffects(digs, digSite(subject), job).effects.filter(effect => effect.struck || effect.exposed || effect.undermined).map(({ asset }) => asset))
}

export function computeCollapse(subject: AnalysisSubject, digs: readonly Dig[], options: CollapseOptions, job: JobControl): ReturnType<typeof collapseRows> {
  return collapseRows({
    columns: subject.columns, surfaceFeatures: subject.surfaceFeatures, groundAt: subject.ground && groundSampler(subject.ground), attributesOf: subject.attributesOf,
    dug: dugDrains(subject, digs, job), proposalsFrom: subject.proposalsFrom,
  }, options)
}

const GRADE_TONES: Readonly<Record<CollapseGrade, Tone>> = { I: 'low', II: 'medium', III: 'high', IV: 'severe' }

export function collapseOutcome(subject: AnalysisSubject, { soil, groundwaterDepthM, oldYears, sideM, beddingM }: ParametersOf<'collapse'>, thisYear: number, job: JobControl): AnalysisOutcome {
  const digs = schemeDigs(subject, { sideM, beddingM })
  const { rows, issues } = computeCollapse(subject, digs, { soil, groundwaterDepthM, oldYears, thisYear }, job)
  if (rows.length === 0) throw new AnalysisRefused('nothing_to_analyse')
  const { ids, columns } = subject
  const ofGrade = (grade: CollapseGrade) => rows.filter(row => row.grade === grade)
  const dug = rows.filter(row => row.factors.digging === 'yes')
  const state = (row: CollapseRow, wanted: 'yes' | 'unknown') => COLLAPSE_FACTORS.filter(factor => row.factors[factor] === wanted).join(' ')
  return outcome({
    method: 'collapse', isScreening: true, issues,
    figures: [...COLLAPSE_GRADES.toReversed().map(grade => ({ id: `grade_${grade}`, value: ofGrade(grade).length })), ...(digs.length > 0 ? [{ id: 'dug', value: dug.length }] : [])],
    tables: [
      table('drains', [
        idColumn('asset'), { id: 'kind', type: 'kind' }, wordColumn('grade'), wordColumn('worst'), { id: 'factors', type: 'words' }, { id: 'unknown', type: 'words' }, numberColumn('depth', 'm', 2), numberColumn('road', 'm', 1), numberColumn('length', 'm', 1),
      ], rows.map(row => assetRow(ids[row.asset]!, [ids[row.asset]!, assetKind(columns, row.asset), row.grade, row.worstGrade, state(row, 'yes'), state(row, 'unknown'), row.depthM, row.roadM, row.lengthM]))),
    ],
    groups: [
      ...COLLAPSE_GRADES.filter(grade => grade !== 'I').map(grade => ({ id: `grade_${grade}`, tone: GRADE_TONES[grade], assets: ofGrade(grade).map(row => ids[row.asset]!), points: [] })),
      { id: 'dug', tone: 'subject', assets: dug.map(row => ids[row.asset]!), points: [] },
    ],
    assumptions: [
      { id: 'soil', value: soil, isName: true }, { id: 'groundwater', value: groundwaterDepthM, unit: 'm', decimals: 1 }, { id: 'oldYears', value: oldYears, unit: 'years', decimals: 0 },
      { id: 'side', value: sideM, unit: 'm', decimals: 2 }, { id: 'bedding', value: beddingM, unit: 'm', decimals: 2 },
    ],
  })
}

export interface ComputedDig extends ReturnType<typeof digDamage> {
  readonly digs: readonly Dig[]
}

/** @throws AnalysisRefused the scheme digs nothing. @throws CancelledError */
export function computeDig(subject: AnalysisSubject, settings: Pick<ParametersOf<'dig'>, 'sideM' | 'beddingM'>, job: JobControl): ComputedDig {
  const digs = schemeDigs(subject, settings)
  if (digs.length === 0) throw new AnalysisRefused('nothing_dug')
  return { digs, ...digDamage(digs, digSite(subject), job) }
}

/** What the digging of the scheme can hit. */
export function digOutcome(subject: AnalysisSubject, { digs, rows, issues }: ComputedDig, { sideM, beddingM }: ParametersOf<'dig'>): AnalysisOutcome {
  const { ids, columns: { origin } } = subject
  const met = rows.filter(row => row.struck || row.exposed)
  const undermined = rows.filter(row => row.undermined && !row.struck && !row.exposed)
  const near = rows.filter(row => !row.struck && !row.exposed && !row.undermined)
  const holes = rows.filter(row => row.trialHole !== null)
  const nameOf = new Map(digs.map(({ id, name }) => [id, name]))
  const effect = (row: DigRow): string => (row.struck ? 'struck' : row.exposed ? 'exposed' : row.undermined ? 'undermined' : row.withinSafeDig ? 'near' : 'hand')
  return outcome({
    method: 'dig', isScreening: true, issues,
    figures: [
      { id: 'digs', value: new Set(digs.map(dig => dig.id)).size }, { id: 'struck', value: met.length }, { id: 'undermined', value: undermined.length },
      { id: 'near', value: near.length }, { id: 'trialHoles', value: holes.length },
    ],
    tables: [
      table('assets', [
        idColumn('asset'), wordColumn('consequence'), wordColumn('effect'), numberColumn('clearance', 'm', 2), numberColumn('exposed', 'm', 2), numberColumn('accuracy', 'm', 2), { id: 'assumed', type: 'yes' },
        numberColumn('safe', 'm', 2), numberColumn('hand', 'm', 2), { id: 'precautions', type: 'words' }, { id: 'owner', type: 'text' }, idColumn('by'),
      ], rows.map(row => assetRow(ids[row.asset]!, [
        ids[row.asset]!, row.consequence, effect(row), row.clearanceM, metLengthM(row), row.accuracyPlanM, row.isAssumed, row.safeDigM, row.handDigM, row.precautions.join(' '), subject.columns.owners[subject.columns.owner[row.asset]!] ?? '', row.by.map(id => nameOf.get(id)!).join(', '),
      ]))),
    ],
    groups: [
      { id: 'near', tone: 'medium', assets: near.map(row => ids[row.asset]!), points: [] },
      { id: 'undermined', tone: 'high', assets: undermined.map(row => ids[row.asset]!), points: [] },
      { id: 'struck', tone: 'severe', assets: met.map(row => ids[row.asset]!), points: [] },
      { id: 'trialHoles', tone: 'first', assets: [], points: holes.map(({ trialHole }) => [trialHole![0] + origin[0], trialHole![1] + origin[1], trialHole![2] + origin[2]] as const) },
    ],
    assumptions: [{ id: 'side', value: sideM, unit: 'm', decimals: 2 }, { id: 'bedding', value: beddingM, unit: 'm', decimals: 2 }, { id: 'influence', value: 45, decimals: 0 }],
  })
}
