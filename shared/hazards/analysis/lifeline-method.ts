import type { Issue } from '../../core/issues.ts'
import type { JobControl } from '../../core/job.ts'
import type { Vec3 } from '../../twin/asset.ts'
import type { Block } from '../../twin/surface-feature.ts'
import { DEFAULT_OLD_YEARS, gradeOf } from '../collapse.ts'
import { digEffects } from '../digging.ts'
import { gasExposures } from '../gas-exposure.ts'
import { OVERFLOW_DEFAULTS } from '../overflow/overflow.ts'
import { manholeRows } from '../overflow/overflow-rows.ts'
import { isInRing } from '../plan-points.ts'
import { computeCollapse, digSite, schemeDigs } from './ground-methods.ts'
import type { AnalysisOutcome, OutcomeRow } from './outcome.ts'
import { numberColumn, outcome, table, wordColumn } from './outcome-parts.ts'
import { computeOverflow, stormOf } from './overflow-method.ts'
import type { ParametersOf } from './parameters.ts'
import { AnalysisRefused, type AnalysisSubject } from './subject.ts'

export const LIFELINE_HAZARDS = ['gas', 'overflow', 'collapse', 'dig'] as const
type Hazard = (typeof LIFELINE_HAZARDS)[number]

/** One thing that counts: a space near a gas pipe, a flooding manhole, a drain of grade III or IV, an asset dug into. */
interface Count {
  readonly hazard: Hazard
  /** The same before and after, where it is the same thing. */
  readonly key: string
  readonly at: Vec3
  readonly asset: string | null
}

/**
 * The four hazards per block, as they are and with the scheme. What comes in only with the scheme is listed, and the
 * block it is in is called worse.
 * @param scheme Null where no scheme is looked at.
 */
export function lifelineOutcome(now: AnalysisSubject, scheme: AnalysisSubject | null, parameters: ParametersOf<'lifeline'>, thisYear: number, job: JobControl): AnalysisOutcome {
  if (now.columns.count === 0) throw new AnalysisRefused('nothing_to_analyse')
  const issues: Issue[] = []
  const before = countsOf(now, parameters, thisYear, issues, job)
  const after = scheme && countsOf(scheme, parameters, thisYear, [], job)
  const blockOf = (count: Count) => now.blocks.findIndex(({ ring }) => isInRing(ring, count.at[0], count.at[1]))
  const byBlock = (counts: readonly Count[]) => Map.groupBy(counts, blockOf)
  const [wasIn, isIn] = [byBlock(before), after && byBlock(after)]
  const known = new Set(before.map(({ hazard, key }) => `${hazard}:${key}`))
  const added = (after ?? []).filter(({ hazard, key }) => !known.has(`${hazard}:${key}`))
  const outside = wasIn.has(-1) || isIn?.has(-1) === true || now.blocks.length === 0 ? [null] : []
  const rows = [...now.blocks, ...outside].map((block): OutcomeRow => {
    const index = block === null ? -1 : now.blocks.indexOf(block)
    const figures = LIFELINE_HAZARDS.map(hazard => {
      const countIn = (counts: ReadonlyMap<number, readonly Count[]> | null) => counts?.get(index)?.filter(count => count.hazard === hazard).length ?? 0
      return { was: countIn(wasIn), is: isIn ? countIn(isIn) : null }
    })
    const changes = figures.map(({ was, is }) => (is === null ? 0 : is - was))
    const verdict = isIn === null ? 'now' : changes.some(change => change > 0) ? 'worse' : changes.some(change => change < 0) ? 'better' : 'same'
    return {
      cells: [block?.name ?? 'outside', block?.responsible ?? '', verdict, ...figures.flatMap(({ was, is }) => [was, is === null ? null : is - was])],
      ref: block === null ? null : { type: 'block', id: block.id }, at: block === null ? null : middleOf(block),
    }
  })
  return outcome({
    method: 'lifeline', isScreening: true, issues,
    figures: LIFELINE_HAZARDS.flatMap(hazard => {
      const was = before.filter(count => count.hazard === hazard).length
      return [{ id: hazard, value: was }, ...(after ? [{ id: `${hazard}_change`, value: after.filter(count => count.hazard === hazard).length - was }] : [])]
    }),
    tables: [
      table('blocks', [
        { id: 'block', type: 'text' }, { id: 'responsible', type: 'text' }, wordColumn('verdict'), ...LIFELINE_HAZARDS.flatMap(hazard => [numberColumn(hazard, '', 0), numberColumn(`${hazard}_change`, '', 0)]),
      ], rows),
      ...(after ? [table('added', [{ id: 'item', type: 'id' }, wordColumn('hazard'), { id: 'block', type: 'text' }], added.map(count => ({
        cells: [count.key, count.hazard, now.blocks[blockOf(count)]?.name ?? ''], ref: count.asset === null ? { type: 'place' as const, id: count.key } : { type: 'asset' as const, id: count.asset }, at: count.at,
      })))] : []),
    ],
    groups: LIFELINE_HAZARDS.map(hazard => {
      const mine = (after ? added : before).filter(count => count.hazard === hazard)
      return { id: hazard, tone: ({ gas: 'severe', overflow: 'first', collapse: 'high', dig: 'medium' } as const)[hazard], assets: [...new Set(mine.flatMap(({ asset }) => asset ?? []))], points: mine.filter(({ asset }) => asset === null).map(({ at }) => at) }
    }),
    assumptions: [
      { id: 'radius', value: parameters.radiusM, unit: 'm', decimals: 1 }, { id: 'storm', value: stormOf(parameters.storm).title.en, isName: true }, { id: 'returnYears', value: parameters.returnYears, unit: 'years', decimals: 1 },
      { id: 'runoff', value: OVERFLOW_DEFAULTS.runoffCoefficient, decimals: 2 }, { id: 'oldYears', value: DEFAULT_OLD_YEARS, unit: 'years', decimals: 0 },
    ],
  })
}

function countsOf(subject: AnalysisSubject, { radiusM, returnYears, storm }: ParametersOf<'lifeline'>, thisYear: number, issues: Issue[], job: JobControl): Count[] {
  const { ids } = subject
  const counts: Count[] = gasExposures(subject, radiusM, subject.proposalsFrom, job).map(({ pipe, space }) => ({
    hazard: 'gas', key: `${ids[pipe]!} – ${space.sort === 'line' ? ids[space.index]! : space.sort === 'node' ? subject.nodes[space.index]!.id : subject.surfaceFeatures[space.index]!.id}`, at: middleOfAsset(subject, pipe), asset: ids[pipe]!,
  }))
  try {
    const answer = computeOverflow(subject, { ...OVERFLOW_DEFAULTS, formula: stormOf(storm), returnYears: [returnYears], tailwaterM: null, catchments: null, dryFlowLs: 0 }, job)
    issues.push(...answer.issues)
    for (const row of manholeRows(answer, null)) if (row.floodsFromYears !== null) counts.push({ hazard: 'overflow', key: row.node, at: row.at, asset: null })
  } catch (cause) {
    // A twin without drains has no overflow; the other hazards are still asked for.
    if (!(cause instanceof AnalysisRefused)) throw cause
  }
  const digs = schemeDigs(subject)
  const collapse = computeCollapse(subject, digs, { soil: null, groundwaterDepthM: null, oldYears: DEFAULT_OLD_YEARS, thisYear }, job)
  issues.push(...collapse.issues)
  for (const row of collapse.rows) {
    const isDug = row.factors.digging === 'yes'
    const place = { hazard: 'collapse', at: middleOfAsset(subject, row.asset), asset: ids[row.asset]! } as const
    const grade = gradeOf(row.present - (isDug ? 1 : 0))
    if (grade === 'III' || grade === 'IV') counts.push({ ...place, key: ids[row.asset]! })
    // What the scheme's digging adds is worse whatever the grade: it is counted for itself.
    if (isDug) counts.push({ ...place, key: `${ids[row.asset]!} + dig` })
  }
  if (digs.length > 0) {
    for (const effect of digEffects(digs, digSite(subject), job).effects) {
      if (effect.struck || effect.exposed || effect.undermined) counts.push({ hazard: 'dig', key: ids[effect.asset]!, at: middleOfAsset(subject, effect.asset), asset: ids[effect.asset]! })
    }
  }
  return counts
}

function middleOfAsset({ columns: { xyz, vertexStart, origin } }: AnalysisSubject, asset: number): Vec3 {
  const v = Math.floor((vertexStart[asset]! + vertexStart[asset + 1]! - 1) / 2)
  return [xyz[3 * v]! + origin[0], xyz[3 * v + 1]! + origin[1], xyz[3 * v + 2]! + origin[2]]
}

const middleOf = ({ ring }: Block): Vec3 => [ring.reduce((sum, [x]) => sum + x, 0) / ring.length, ring.reduce((sum, [, y]) => sum + y, 0) / ring.length, 0]
