import type { JobControl } from '../../core/job.ts'
import { unknownAccuracyM } from '../../excavation/safe-dig.ts'
import type { RulePack } from '../../rules/rule-pack.ts'
import { assetKind } from '../../twin/asset-columns.ts'
import { shiftedVerdicts, type CaseVerdict } from '../shifted-asset.ts'
import { rankTrialHoles, SURE_M } from '../trial-hole-ranking.ts'
import type { AnalysisOutcome, OutcomeColumn } from './outcome.ts'
import { idColumn, numberColumn, outcome, placeRow, table, wordColumn } from './outcome-parts.ts'
import type { ParametersOf } from './parameters.ts'
import { assetIndexIn, type AnalysisSubject } from './subject.ts'

/** Where to dig trial holes: those that settle the most verdicts first. With a scheme, of what it proposes; else of the whole network. */
export function holesOutcome(subject: AnalysisSubject, pack: RulePack, { tellsM }: ParametersOf<'holes'>, job: JobControl): AnalysisOutcome {
  const { columns, ground, surfaceFeatures, nodes, proposalsFrom } = subject
  const { holes, possible } = rankTrialHoles({ assets: columns, pack, ground, surfaceFeatures, nodes }, proposalsFrom, tellsM, job)
  return outcome({
    method: 'holes', isScreening: false, issues: [],
    figures: [{ id: 'possible', value: possible }, { id: 'holes', value: holes.length }, { id: 'settled', value: holes.reduce((sum, { settles }) => sum + settles.length, 0) }, { id: 'firstTen', value: holes.slice(0, 10).reduce((sum, { settles }) => sum + settles.length, 0) }],
    tables: [table('holes', [numberColumn('rank', '', 0), numberColumn('settles', '', 0), numberColumn('mandatory', '', 0), { id: 'assets', type: 'text' }, numberColumn('depth', 'm', 1), numberColumn('x', 'm', 2), numberColumn('y', 'm', 2)],
      holes.map(({ at, assets, settles, mandatory, depthM }, i) => placeRow(String(i + 1), at, [i + 1, settles.length, mandatory, assets.join(', '), depthM, at[0], at[1]])))],
    groups: [
      { id: 'lines', tone: 'low', assets: [...new Set(holes.slice(0, MOST_SHOWN).flatMap(({ assets }) => assets))], points: [] },
      { id: 'others', tone: 'medium', assets: [], points: holes.slice(10, MOST_SHOWN).map(({ at }) => at) },
      { id: 'best', tone: 'severe', assets: [], points: holes.slice(0, 10).map(({ at }) => at) },
    ],
    assumptions: [{ id: 'sure', value: SURE_M, unit: 'm', decimals: 2 }, { id: 'tells', value: tellsM, unit: 'm', decimals: 1 }],
  })
}

/** Holes drawn; the table has them all. */
const MOST_SHOWN = 200

/** Which verdicts turn were an asset really at the edge of its accuracy, to either side, up or down, or where one says. */
export function shiftOutcome(subject: AnalysisSubject, pack: RulePack, { asset: id, leftM, upM }: ParametersOf<'shift'>, job: JobControl): AnalysisOutcome {
  const { columns, ground, surfaceFeatures, nodes, ids } = subject
  const { asset } = assetIndexIn(subject, id)
  const known = (limitM: number): number => (Number.isNaN(limitM) ? unknownAccuracyM : limitM)
  const [planM, levelM] = [known(columns.accuracyPlanM[asset]!), known(columns.accuracyLevelM[asset]!)]
  const hasOwn = leftM !== 0 || upM !== 0
  const moves = [{ leftM: planM, upM: 0 }, { leftM: -planM, upM: 0 }, { leftM: 0, upM: levelM }, { leftM: 0, upM: -levelM }, ...(hasOwn ? [{ leftM, upM }] : [])]
  const names = ['left', 'right', 'up', 'down', ...(hasOwn ? ['own'] : [])]
  const rows = shiftedVerdicts({ columns, pack, ground, surfaceFeatures, nodes, asset, moves }, job)
  const word = (verdict: CaseVerdict | null | undefined): string => (verdict === undefined ? 'notMoved' : (verdict?.verdict ?? 'clear'))
  const turns = rows.filter(({ now, cases }) => cases.some(one => one !== undefined && word(one) !== word(now)))
  const kindOf = (other: string | null) => (other === null ? null : assetKind(columns, ids.indexOf(other)))
  const columnsOf: OutcomeColumn[] = [idColumn('other'), { id: 'kind', type: 'kind' }, { id: 'rule', type: 'word' }, wordColumn('now'), ...names.map(wordColumn)]
  return outcome({
    method: 'shift', isScreening: false, issues: [],
    figures: [{ id: 'others', value: rows.length }, { id: 'turns', value: turns.length }, { id: 'worse', value: turns.filter(({ cases }) => cases.some(one => one?.verdict === 'certain')).length }, { id: 'plan', value: planM, unit: 'm', decimals: 2 }, { id: 'level', value: levelM, unit: 'm', decimals: 2 }],
    tables: [table('verdicts', columnsOf, [...turns, ...rows.filter(row => !turns.includes(row))].map(({ other, now, cases }) => ({
      cells: [other ?? '', kindOf(other), (now ?? cases.find(one => one))?.rule ?? null, word(now), ...cases.map(word)], ref: other === null ? null : { type: 'asset' as const, id: other }, at: null,
    })))],
    groups: [
      { id: 'others', tone: 'low', assets: rows.flatMap(({ other }) => other ?? []), points: [] },
      { id: 'turns', tone: 'high', assets: turns.flatMap(({ other }) => other ?? []), points: [] },
      { id: 'asset', tone: 'subject', assets: [id], points: [] },
    ],
    assumptions: Number.isNaN(columns.accuracyPlanM[asset]!) || Number.isNaN(columns.accuracyLevelM[asset]!) ? [{ id: 'accuracyUnknown', value: unknownAccuracyM, unit: 'm', decimals: 2 }] : [],
  })
}
