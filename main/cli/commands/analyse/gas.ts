import type { Issue } from '#shared/core/issues.ts'
import { adjacentSpaces, DEFAULT_RADIUS_M, type AdjacentSpace } from '#shared/hazards/adjacent-spaces.ts'
import { DEFAULT_ALONG_M, MOST_ALONG_M, spacesAlong } from '#shared/hazards/gas-along.ts'
import { AIR_CHANGES_PER_H, classLimitPa, DISCHARGE_COEFFICIENT, gasRelease, METHANE, minutesToExplosive } from '#shared/hazards/gas-leak.ts'
import { analyseBurst } from '#shared/network/burst.ts'
import { valveIds } from '#shared/network/supply.ts'
import { assetKind } from '#shared/twin/asset-columns.ts'
import { PRESSURE_CLASSES } from '#shared/twin/kinds.ts'
import { CliFailure } from '../../command.ts'
import { numberIn } from './numbers.ts'
import { metres, networkIssues, readNetwork, requiredAsset, shortList, type AnalyseMethod, type Network } from './method.ts'

const BOUNDS = { holeMm: [0.1, 2000], pressureKPa: [0, 10_000], radiusM: [0.1, 200], alongM: [0, MOST_ALONG_M] } as const

/** `gas --asset ID --hole MM`: how much escapes at most, the enclosed spaces near by, the valves to shut. A screening. */
export const gasMethod: AnalyseMethod = {
  name: 'gas',
  options: ['asset', 'hole', 'pressure', 'radius', 'along', 'tolerance'],
  async run(context) {
    const { option, t } = context
    const id = requiredAsset(option, t)
    const holeMm = numberIn('hole', option('hole'), BOUNDS.holeMm)
    if (holeMm === null) throw new CliFailure('cli:missingArgument', { what: '--hole MM' })
    const givenKPa = numberIn('pressure', option('pressure'), BOUNDS.pressureKPa)
    const radiusM = numberIn('radius', option('radius'), BOUNDS.radiusM) ?? DEFAULT_RADIUS_M
    const alongM = numberIn('along', option('along'), BOUNDS.alongM) ?? DEFAULT_ALONG_M
    const network = await readNetwork(context, id)
    const { topology, columns, ids, nodes, asset } = network
    if (assetKind(columns, asset) !== 'gas') throw new CliFailure('cli-analyse:gas.notGas', { asset: id, kind: t(`kinds:kind.${assetKind(columns, asset)}`) })

    const issues: Issue[] = networkIssues(network)
    const pressureClass = PRESSURE_CLASSES[columns.pressureClass[asset]! - 1]
    const limitPa = pressureClass ? classLimitPa(pressureClass) : null
    const gaugePa = givenKPa !== null ? 1000 * givenKPa : limitPa
    if (gaugePa === null) issues.push({ code: 'pressure_unknown', severity: 'warning', ref: id })
    else if (givenKPa === null) issues.push({ code: 'pressure_assumed', severity: 'warning', ref: id, context: { kPa: gaugePa / 1000 } })
    const release = gaugePa === null ? null : gasRelease(holeMm / 1000, gaugePa)
    const near = adjacentSpaces(network, asset, radiusM)
    const along = spacesAlong(network, asset, near, alongM, context.job).map(({ id: space, sort, type, alongM: walkedM, entry }) => ({ id: space, sort, type, alongM: metres(walkedM), entry: ids[entry]! }))
    const spaces = near.map(space => ({
      ...named(network, space), distanceM: metres(space.distanceM),
      minutesToExplosive: release && space.volumeM3 !== null ? rounded(minutesToExplosive(release.rateM3H, space.volumeM3, AIR_CHANGES_PER_H * space.volumeM3)) : null,
    }))
    const valves = analyseBurst(topology, asset).valves.flatMap(valve => valveIds(topology, valve, a => ids[a]!)).sort()
    if (valves.length === 0 && !nodes.some(node => node.nodeType === 'valve' && node.kind === 'gas')) issues.push({ code: 'valve_missing', severity: 'warning', ref: id })
    const shown = release && { regime: release.regime, rateKgS: Number(release.rateKgS.toPrecision(6)), rateM3H: Number(release.rateM3H.toPrecision(6)) }
    return {
      issues,
      json: {
        asset: id, screening: true, radiusM, alongM, release: shown, spaces, along, valves,
        assumptions: { holeMm, gaugeKPa: gaugePa === null ? null : gaugePa / 1000, dischargeCoefficient: DISCHARGE_COEFFICIENT, gas: METHANE, airChangesPerH: AIR_CHANGES_PER_H },
      },
      lines: [
        t('cli-analyse:gas.screening'),
        shown && gaugePa !== null
          ? t('cli-analyse:gas.release', { hole: holeMm, pressure: gaugePa / 1000, rate: shown.rateM3H.toFixed(2), regime: t(`cli-analyse:gas.${shown.regime}`) })
          : t('cli-analyse:gas.noRelease'),
        t('cli-analyse:gas.spaces', { count: spaces.length, radius: radiusM, list: shortList(spaces.map(space => `${space.id} (${space.distanceM.toFixed(2)} m)`), t) }),
        t('cli-analyse:gas.along', { count: along.length, reach: alongM, list: shortList(along.map(space => `${space.id} (${space.alongM.toFixed(1)} m)`), t) }),
        t('cli-analyse:gas.valves', { count: valves.length, list: shortList(valves, t) }),
      ],
    }
  },
}

const rounded = (minutes: number | null): number | null => (minutes === null ? null : Number(minutes.toPrecision(3)))

/** A space in the words of its record: id, and what it is. */
function named({ ids, columns, nodes, surfaceFeatures }: Network, { sort, index }: AdjacentSpace): { id: string; sort: AdjacentSpace['sort']; type: string } {
  if (sort === 'line') return { id: ids[index]!, sort, type: assetKind(columns, index) }
  return sort === 'node' ? { id: nodes[index]!.id, sort, type: nodes[index]!.nodeType } : { id: surfaceFeatures[index]!.id, sort, type: surfaceFeatures[index]!.type }
}
