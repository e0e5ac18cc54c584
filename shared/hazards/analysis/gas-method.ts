import type { Issue } from '../../core/issues.ts'
import type { JobControl } from '../../core/job.ts'
import { analyseBurst } from '../../network/burst.ts'
import { valveIds } from '../../network/supply.ts'
import { assetKind } from '../../twin/asset-columns.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { groundSampler, type GroundSampler, type GroundSurface } from '../../twin/ground.ts'
import { PRESSURE_CLASSES } from '../../twin/kinds.ts'
import { adjacentSpaces, type AdjacentSpace } from '../adjacent-spaces.ts'
import { spacesAlong } from '../gas-along.ts'
import { gasExposures } from '../gas-exposure.ts'
import { AIR_CHANGES_PER_H, classLimitPa, DISCHARGE_COEFFICIENT, gasRelease, minutesToExplosive } from '../gas-leak.ts'
import type { AnalysisOutcome, OutcomeFigure, OutcomeRow } from './outcome.ts'
import { idColumn, numberColumn, outcome, placeAt, table, topologyIssues, wordColumn } from './outcome-parts.ts'
import type { ParametersOf } from './parameters.ts'
import { AnalysisRefused, assetIndexIn, subjectTopology, type AnalysisSubject } from './subject.ts'

type Parameters = ParametersOf<'gas'>

/** A leak of one gas pipe; without one, every enclosed space near any gas pipe. */
export const gasOutcome = (subject: AnalysisSubject, parameters: Parameters, job: JobControl): AnalysisOutcome =>
  parameters.asset === null ? exposureOutcome(subject, parameters, job) : leakOutcome(subject, parameters.asset, parameters, job)

function leakOutcome(subject: AnalysisSubject, id: string, { holeMm, pressureKPa, radiusM, alongM }: Parameters, job: JobControl): AnalysisOutcome {
  const { asset, kind } = assetIndexIn(subject, id)
  if (kind !== 'gas') throw new AnalysisRefused('not_gas', { asset: id })
  const { columns, ids } = subject
  const topology = subjectTopology(subject, ['gas'], job)
  const issues: Issue[] = topologyIssues(topology, subject)
  const pressureClass = PRESSURE_CLASSES[columns.pressureClass[asset]! - 1]
  const limitPa = pressureClass ? classLimitPa(pressureClass) : null
  const gaugePa = pressureKPa !== null ? 1000 * pressureKPa : limitPa
  if (gaugePa === null) issues.push({ code: 'pressure_unknown', severity: 'warning', ref: id })
  else if (pressureKPa === null) issues.push({ code: 'pressure_assumed', severity: 'warning', ref: id, context: { kPa: gaugePa / 1000 } })
  const release = gaugePa === null ? null : gasRelease(holeMm / 1000, gaugePa)
  const spaces = adjacentSpaces(subject, asset, radiusM)
  const along = spacesAlong(subject, asset, spaces, alongM, job)
  const valves = topology.assetEdges[2 * asset] === topology.assetEdges[2 * asset + 1] ? [] : analyseBurst(topology, asset).valves
  const valveRows = valves.flatMap(valve => valveIds(topology, valve, a => ids[a]!).map((one): OutcomeRow => {
    const at = placeAt(topology, valve < topology.placeCount ? valve : topology.edgeFrom[valve - topology.placeCount]!)
    return { cells: [one], ref: { type: 'place', id: one }, at }
  }))
  if (valveRows.length === 0) issues.push({ code: 'valve_missing', severity: 'warning', ref: id })
  const minutes = (space: AdjacentSpace) => (release && space.volumeM3 !== null ? minutesToExplosive(release.rateM3H, space.volumeM3, AIR_CHANGES_PER_H * space.volumeM3) : null)
  return outcome({
    method: 'gas', isScreening: true, issues,
    figures: [
      { id: 'rateM3H', value: release?.rateM3H ?? null, unit: 'm3h', decimals: 2 }, { id: 'rateKgS', value: release?.rateKgS ?? null, unit: 'kgs', decimals: 5 },
      { id: 'regime', value: release?.regime ?? null }, { id: 'spaces', value: spaces.length }, { id: 'along', value: along.length }, { id: 'valves', value: valveRows.length },
    ],
    tables: [
      table('spaces', [idColumn('space'), wordColumn('type'), numberColumn('distance', 'm', 2), numberColumn('volume', 'm3', 1), numberColumn('minutes', 'min', 2)], spaces.map(space => spaceRow(subject, space, [minutes(space)]))),
      table('along', [idColumn('space'), wordColumn('type'), numberColumn('along', 'm', 1), idColumn('entry')], along.map(({ id: space, type, at, alongM: walkedM, entry }): OutcomeRow => ({ cells: [space, type, walkedM, ids[entry]!], ref: { type: 'place', id: space }, at }))),
      table('valves', [idColumn('valve')], valveRows),
    ],
    groups: [...spaceGroups(subject, 'spaces', spaces), { id: 'along', tone: 'medium', assets: [], points: along.map(({ at }) => at) }, { id: 'valves', tone: 'first', assets: [], points: valveRows.map(row => row.at!) }, { id: 'subject', tone: 'subject', assets: [id], points: [] }],
    assumptions: [
      { id: 'hole', value: holeMm, unit: 'mm', decimals: 1 }, { id: 'pressure', value: gaugePa === null ? null : gaugePa / 1000, unit: 'kPa', decimals: 1 }, { id: 'radius', value: radiusM, unit: 'm', decimals: 1 }, { id: 'along', value: alongM, unit: 'm', decimals: 0 },
      { id: 'discharge', value: DISCHARGE_COEFFICIENT, decimals: 2 }, { id: 'airChanges', value: AIR_CHANGES_PER_H, decimals: 1 },
    ],
  })
}

function exposureOutcome(subject: AnalysisSubject, { radiusM }: Parameters, job: JobControl): AnalysisOutcome {
  const { columns, ids, proposalsFrom } = subject
  const exposures = gasExposures(subject, radiusM, proposalsFrom, job)
  if (!columns.kind.some((_, a) => assetKind(columns, a) === 'gas')) throw new AnalysisRefused('nothing_to_analyse')
  const byScheme = exposures.filter(exposure => exposure.byScheme)
  const figures: OutcomeFigure[] = [{ id: 'spaces', value: exposures.length }]
  if (proposalsFrom < columns.count) figures.push({ id: 'byScheme', value: byScheme.length })
  // What the scheme brings comes first: that is what is still to be decided.
  const ordered = [...byScheme, ...exposures.filter(exposure => !exposure.byScheme)]
  return outcome({
    method: 'gas', isScreening: true, issues: [], figures, assumptions: [{ id: 'radius', value: radiusM, unit: 'm', decimals: 1 }],
    tables: [
      table('exposures', [idColumn('space'), wordColumn('type'), numberColumn('distance', 'm', 2), numberColumn('volume', 'm3', 1), idColumn('pipe'), { id: 'byScheme', type: 'yes' }], ordered.map(({ pipe, space, byScheme: isNew }) => spaceRow(subject, space, [ids[pipe]!, isNew]))),
    ],
    groups: [
      ...spaceGroups(subject, 'near', exposures.filter(exposure => !exposure.byScheme).map(({ space }) => space), 'medium'),
      ...spaceGroups(subject, 'byScheme', byScheme.map(({ space }) => space)),
      { id: 'pipes', tone: 'subject', assets: [...new Set(byScheme.map(({ pipe }) => ids[pipe]!))], points: [] },
    ],
  })
}

/** Id, type, distance and volume of a space, and what follows. */
function spaceRow(subject: AnalysisSubject, space: AdjacentSpace, more: OutcomeRow['cells']): OutcomeRow {
  const { id, type, at } = describe(subject, space)
  return { cells: [id, type, space.distanceM, space.volumeM3, ...more], ref: space.sort === 'line' ? { type: 'asset', id } : { type: 'place', id }, at }
}

function describe({ columns, ids, nodes, surfaceFeatures, ground }: AnalysisSubject, { sort, index }: AdjacentSpace): { readonly id: string; readonly type: string; readonly at: Vec3 | null } {
  if (sort === 'line') return { id: ids[index]!, type: assetKind(columns, index), at: null }
  if (sort === 'node') return { id: nodes[index]!.id, type: nodes[index]!.nodeType, at: nodes[index]!.at }
  const { id, points, name } = surfaceFeatures[index]!
  const middle = (k: 0 | 1) => points.reduce((sum, point) => sum + point[k], 0) / points.length
  const [x, y] = [middle(0), middle(1)]
  const level = ground && samplerOf(ground)(x - columns.origin[0], y - columns.origin[1])
  return { id: name || id, type: 'building', at: level === null ? null : [x, y, level + columns.origin[2]] }
}

/** Built once per ground: a TIN's faces are sorted into buckets. */
const samplers = new WeakMap<GroundSurface, GroundSampler>()

function samplerOf(ground: GroundSurface): GroundSampler {
  const sampler = samplers.get(ground) ?? groundSampler(ground)
  samplers.set(ground, sampler)
  return sampler
}

function spaceGroups(subject: AnalysisSubject, id: string, spaces: readonly AdjacentSpace[], tone: 'severe' | 'medium' = 'severe'): AnalysisOutcome['groups'] {
  const lines = spaces.filter(({ sort }) => sort === 'line').map(({ index }) => subject.ids[index]!)
  const points = spaces.filter(({ sort }) => sort === 'node').map(({ index }) => subject.nodes[index]!.at)
  return [{ id, tone, assets: [...new Set(lines)], points }]
}
