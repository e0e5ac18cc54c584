import { inProject } from '../../clearance/network/order-and-frame.ts'
import type { JobControl } from '../../core/job.ts'
import { assetId } from '../../twin/asset-columns.ts'
import type { Vec3 } from '../../twin/asset.ts'
import type { Block } from '../../twin/surface-feature.ts'
import type { AdjacentSpace } from '../adjacent-spaces.ts'
import { DEFAULT_OLD_YEARS, gradeOf } from '../collapse.ts'
import { hazardChanges, middleOfAsset, type HazardChange } from '../lifeline/hazard-changes.ts'
import { hazardsNow, hazardsWith, type HazardsThere } from '../lifeline/hazards-there.ts'
import { OVERFLOW_DEFAULTS } from '../overflow/overflow.ts'
import { isInRing } from '../plan-points.ts'
import type { AnalysisOutcome, OutcomeRow } from './outcome.ts'
import { numberColumn, outcome, table, wordColumn } from './outcome-parts.ts'
import { formulaOf } from '../lifeline/lifeline-settings.ts'
import type { ParametersOf } from './parameters.ts'
import { AnalysisRefused, type AnalysisBaseline, type AnalysisSubject } from './subject.ts'

export const LIFELINE_HAZARDS = ['gas', 'overflow', 'collapse', 'dig'] as const
type Hazard = (typeof LIFELINE_HAZARDS)[number]

/** One thing that counts: a space near a gas pipe, a flooding manhole, a drain of grade III or IV or dug into, an asset dug into. */
interface Count {
  readonly hazard: Hazard
  readonly at: Vec3
  readonly asset: string | null
}

/** Something the scheme adds or makes worse. */
interface Worse extends Count {
  readonly item: string
}

/**
 * The four hazards per block, as they are and with the scheme. What the scheme adds or makes worse is listed, and the
 * block it is in is called worse.
 * @param scheme The baseline with the scheme in it; null where no scheme is looked at.
 * @throws AnalysisRefused there is nothing in the twin. @throws CancelledError
 */
export function lifelineOutcome(baseline: AnalysisBaseline, scheme: AnalysisSubject | null, parameters: ParametersOf<'lifeline'>, thisYear: number, job: JobControl): AnalysisOutcome {
  if (baseline.columns.count === 0 && (scheme?.columns.count ?? 0) === 0) throw new AnalysisRefused('nothing_to_analyse')
  const there = hazardsNow(baseline, parameters, thisYear, job)
  const then = scheme && hazardsWith(scheme, there, parameters, thisYear, baseline, job)
  const { blocks } = baseline
  const columns = scheme?.columns ?? baseline.columns
  const idOf = scheme ? (asset: number) => scheme.ids[asset]! : (asset: number) => assetId(columns, asset)
  const before = countsOf(there, { columns }, idOf)
  const after = then && countsOf(then, { columns }, idOf)
  const added = then ? hazardChanges(there, then, scheme!).map(change => worseOf(change, scheme!)) : []
  const blockOf = (count: Count) => blocks.findIndex(({ ring }) => isInRing(ring, count.at[0], count.at[1]))
  const byBlock = <C extends Count>(counts: readonly C[]) => Map.groupBy(counts, blockOf)
  const [wasIn, isIn, worseIn] = [byBlock(before), after && byBlock(after), byBlock(added)]
  const outside = wasIn.has(-1) || isIn?.has(-1) === true || blocks.length === 0 ? [null] : []
  const rows = [...blocks, ...outside].map((block): OutcomeRow => {
    const index = block === null ? -1 : blocks.indexOf(block)
    const figures = LIFELINE_HAZARDS.map(hazard => {
      const countIn = (counts: ReadonlyMap<number, readonly Count[]> | null) => counts?.get(index)?.filter(count => count.hazard === hazard).length ?? 0
      return { was: countIn(wasIn), is: isIn ? countIn(isIn) : null }
    })
    const changes = figures.map(({ was, is }) => (is === null ? 0 : is - was))
    const verdict = isIn === null ? 'now' : worseIn.has(index) || changes.some(change => change > 0) ? 'worse' : changes.some(change => change < 0) ? 'better' : 'same'
    return {
      cells: [block?.name ?? 'outside', block?.responsible ?? '', verdict, ...figures.flatMap(({ was, is }) => [was, is === null ? null : is - was])],
      ref: block === null ? null : { type: 'block', id: block.id }, at: block === null ? null : middleOf(block),
    }
  })
  // What is worse is read first; the rest stays in the order of the blocks.
  rows.sort((a, b) => Number(b.cells[2] === 'worse') - Number(a.cells[2] === 'worse'))
  return outcome({
    method: 'lifeline', isScreening: true, issues: there.issues,
    figures: LIFELINE_HAZARDS.flatMap(hazard => {
      const was = before.filter(count => count.hazard === hazard).length
      return [{ id: hazard, value: was }, ...(after ? [{ id: `${hazard}_change`, value: after.filter(count => count.hazard === hazard).length - was }] : [])]
    }),
    tables: [
      table('blocks', [
        { id: 'block', type: 'text' }, { id: 'responsible', type: 'text' }, wordColumn('verdict'), ...LIFELINE_HAZARDS.flatMap(hazard => [numberColumn(hazard, '', 0), numberColumn(`${hazard}_change`, '', 0)]),
      ], rows),
      ...(after ? [table('added', [{ id: 'item', type: 'id' }, wordColumn('hazard'), { id: 'block', type: 'text' }], added.map(count => ({
        cells: [count.item, count.hazard, blocks[blockOf(count)]?.name ?? ''], ref: count.asset === null ? { type: 'place' as const, id: count.item } : { type: 'asset' as const, id: count.asset }, at: count.at,
      })))] : []),
    ],
    groups: LIFELINE_HAZARDS.map(hazard => {
      const mine = (after ? added : before as readonly Count[]).filter(count => count.hazard === hazard)
      return { id: hazard, tone: ({ gas: 'severe', overflow: 'first', collapse: 'high', dig: 'medium' } as const)[hazard], assets: [...new Set(mine.flatMap(({ asset }) => asset ?? []))], points: mine.filter(({ asset }) => asset === null).map(({ at }) => at) }
    }),
    assumptions: [
      { id: 'radius', value: parameters.radiusM, unit: 'm', decimals: 1 }, { id: 'storm', value: parameters.storm, title: formulaOf(parameters).title }, { id: 'returnYears', value: parameters.returnYears, unit: 'years', decimals: 1 },
      { id: 'runoff', value: OVERFLOW_DEFAULTS.runoffCoefficient, decimals: 2 }, { id: 'inlet', value: OVERFLOW_DEFAULTS.inletMinutes, unit: 'min', decimals: 0 }, { id: 'oldYears', value: DEFAULT_OLD_YEARS, unit: 'years', decimals: 0 },
    ],
  })
}

function countsOf({ gas, flooding, drains, dug }: HazardsThere, subject: Pick<AnalysisSubject, 'columns'>, idOf: (asset: number) => string): Count[] {
  const on = (hazard: Hazard, asset: number, at = middleOfAsset(subject, asset)): Count => ({ hazard, at, asset: idOf(asset) })
  return [
    ...gas.map(({ pipe, space }) => on('gas', pipe, inProject(space.at.pipe, subject.columns.origin))),
    ...flooding.map(({ at }): Count => ({ hazard: 'overflow', at, asset: null })),
    ...drains.flatMap(({ asset, present, factors }) => {
      const isDug = factors.digging === 'yes'
      const grade = gradeOf(present - (isDug ? 1 : 0))
      // What the scheme's digging adds is worse whatever the grade: it is counted for itself.
      return [...(grade === 'III' || grade === 'IV' ? [on('collapse', asset)] : []), ...(isDug ? [on('collapse', asset)] : [])]
    }),
    ...dug.map(({ asset }) => on('dig', asset)),
  ]
}

function worseOf(change: HazardChange, subject: AnalysisSubject): Worse {
  const { ids } = subject
  const on = (asset: number, item = ids[asset]!, at = middleOfAsset(subject, asset)): Worse => ({ hazard: change.hazard, item, at, asset: ids[asset]! })
  switch (change.hazard) {
    case 'gas': return on(change.exposure.pipe, `${ids[change.exposure.pipe]!} – ${spaceId(subject, change.exposure.space)}`, inProject(change.exposure.space.at.pipe, subject.columns.origin))
    case 'overflow': return { hazard: 'overflow', item: change.flooding.node, at: change.flooding.at, asset: null }
    case 'collapse': return on(change.drain.asset)
    case 'dig': return on(change.effect.asset)
  }
}

const spaceId = ({ ids, nodes, surfaceFeatures }: AnalysisSubject, { sort, index }: AdjacentSpace): string =>
  sort === 'line' ? ids[index]! : sort === 'node' ? nodes[index]!.id : surfaceFeatures[index]!.id

const middleOf = ({ ring }: Block): Vec3 => [ring.reduce((sum, [x]) => sum + x, 0) / ring.length, ring.reduce((sum, [, y]) => sum + y, 0) / ring.length, 0]
