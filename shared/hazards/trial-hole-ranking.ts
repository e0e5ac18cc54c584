import { checkNetwork } from '../clearance/check.ts'
import { lineSite } from '../clearance/line-rules/line-tester.ts'
import { prepareClearance, type ClearanceInput } from '../clearance/prepare.ts'
import type { JobControl } from '../core/job.ts'
import { assetId } from '../twin/asset-columns.ts'
import { groundSampler } from '../twin/ground.ts'
import { trialHoles, type TrialHole } from './trial-holes.ts'

/** Better known than this an asset needs no hole, metres. */
export const SURE_M = 0.05
/** A hole is dug so much below the lowest axis it is to lay bare, metres. */
const BELOW_M = 0.3

export interface RankedHoles {
  /** Those that settle the most first; `depthM` below the ground, null where no ground is known. */
  readonly holes: readonly (TrialHole & { readonly depthM: number | null })[]
  /** Findings that are only possible. */
  readonly possible: number
}

/**
 * Where to dig trial holes: of what a scheme proposes, or of the whole network where nothing is proposed.
 * @param proposalsFrom Assets from here on are proposals. @param tellsM A hole tells where a line is so far along it.
 * @throws CancelledError
 */
export function rankTrialHoles(input: ClearanceInput, proposalsFrom: number, tellsM: number, job: JobControl): RankedHoles {
  const { assets: columns, ground } = input
  const involving = new Uint8Array(columns.count).fill(1, proposalsFrom)
  const prepared = prepareClearance(input, job)
  // Every rule: the findings are those of the table, orders of levels and what stands around among them.
  const { findings } = checkNetwork(prepared, proposalsFrom < columns.count ? { involving } : {}, job, lineSite(prepared, { surfaceFeatures: input.surfaceFeatures, nodes: input.nodes ?? [] }))
  const index = new Map(Array.from({ length: columns.count }, (_, i) => [assetId(columns, i), i]))
  const isUncertain = (id: string): boolean => {
    const i = index.get(id)
    return i !== undefined && i < proposalsFrom && !(columns.accuracyPlanM[i]! <= SURE_M && columns.accuracyLevelM[i]! <= SURE_M)
  }
  const level = ground && groundSampler(ground)
  const [ox, oy, oz] = columns.origin
  const depthOf = ({ at: [x, y], lowestM }: TrialHole): number | null => {
    const top = level?.(x - ox, y - oy) ?? null
    return top === null ? null : Math.max(0, top + oz - lowestM + BELOW_M)
  }
  return {
    holes: trialHoles({ findings, isUncertain, reachM: tellsM }).map(hole => ({ ...hole, depthM: depthOf(hole) })),
    possible: findings.filter(({ verdict }) => verdict === 'possible').length,
  }
}
