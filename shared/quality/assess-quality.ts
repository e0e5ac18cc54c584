import { unattendedJob, type JobControl } from '../core/job.ts'
import { buildTopology } from '../network/build-topology.ts'
import type { AssetColumns } from '../twin/asset-columns.ts'
import type { Block } from '../twin/surface-feature.ts'
import { blocksOfAssets } from './block-lookup.ts'
import { findDuplicates } from './duplicates.ts'
import { FlawList } from './flaw-list.ts'
import { findJointFlaws } from './joint-flaws.ts'
import { findLevelJumps } from './level-jumps.ts'
import { findMissingJoints } from './missing-joints.ts'
import { findLineFlaws } from './line-flaws.ts'
import { countPieces } from './piece-counts.ts'
import { missingFacts } from './missing-facts.ts'
import { LEDGER_FACTS, type Completeness, type Flaws, type QualityInput, type QualityReport } from './quality-report.ts'
import { findUnjoinedCrossings } from './unjoined-crossings.ts'

/**
 * What the ledger lacks and what in it cannot be right, per line, owner and block. Says nothing about clearances.
 * @throws CancelledError
 */
export function assessQuality(input: QualityInput, job: JobControl = unattendedJob): QualityReport {
  const { columns, blocks } = input
  job.progress(null, 'quality:stage.lines')
  const missing = missingFacts(input)
  const list = new FlawList()
  findLineFlaws(input, list)
  const isRepeated = findDuplicates(columns, list)
  job.throwIfCancelled()
  job.progress(null, 'quality:stage.network')
  const topology = buildTopology({ columns, nodes: input.nodes, surveyedWays: input.surveyedWays }, { progress: () => undefined, throwIfCancelled: () => job.throwIfCancelled() })
  const unjoined = findMissingJoints(columns, input.nodes, isRepeated, list)
  findJointFlaws(topology, input.surfaceFeatures, isRepeated, unjoined, list)
  findLevelJumps(columns, input.nodes, isRepeated, unjoined, list)
  findUnjoinedCrossings(columns, isRepeated, list, job)
  const flaws = list.pack()
  const groups = completenessBy(columns, missing, flaws)
  return {
    missing, flaws, pieces: countPieces(topology), toleranceM: topology.toleranceM,
    whole: groups(1, () => 0)[0]!,
    byOwner: groups(columns.owners.length, i => columns.owner[i]!),
    ...blockGroups(columns, blocks, groups),
  }
}

/** The report with its lines grouped by other blocks: what it found of the lines holds whatever block they lie in. */
export function regroupedByBlocks(report: QualityReport, columns: AssetColumns, blocks: readonly Block[]): QualityReport {
  return { ...report, ...blockGroups(columns, blocks, completenessBy(columns, report.missing, report.flaws)) }
}

type Grouping = (groups: number, groupOf: (asset: number) => number) => Completeness[]

function blockGroups(columns: AssetColumns, blocks: readonly Block[], groups: Grouping): Pick<QualityReport, 'blockOf' | 'byBlock'> {
  const blockOf = blocksOfAssets(columns, blocks)
  return { blockOf, byBlock: groups(blocks.length + 1, i => (blockOf[i]! < 0 ? blocks.length : blockOf[i]!)) }
}

/** How much is known of the lines of each group. */
function completenessBy(columns: AssetColumns, missing: Uint8Array, flaws: Flaws): Grouping {
  const lengths = axisLengths(columns)
  return (groups, groupOf) => {
    const counts = new Uint32Array(groups)
    const lengthM = new Float64Array(groups)
    const lacking = Array.from({ length: groups }, () => new Array<number>(LEDGER_FACTS.length).fill(0))
    const flawCounts = new Uint32Array(groups)
    for (let i = 0; i < columns.count; i++) {
      const group = groupOf(i)
      counts[group]!++
      lengthM[group]! += lengths[i]!
      for (let k = 0; k < LEDGER_FACTS.length; k++) if (missing[i]! & (1 << k)) lacking[group]![k]!++
    }
    for (let f = 0; f < flaws.count; f++) flawCounts[groupOf(flaws.asset[f]!)]!++
    return Array.from({ length: groups }, (_, g) => {
      const asked = counts[g]! * LEDGER_FACTS.length
      const lacks = lacking[g]!.reduce((sum, n) => sum + n, 0)
      return { count: counts[g]!, lengthM: lengthM[g]!, lacking: lacking[g]!, score: asked === 0 ? 1 : 1 - lacks / asked, flaws: flawCounts[g]! }
    })
  }
}

function axisLengths({ count, vertexStart, xyz }: AssetColumns): Float64Array {
  const lengths = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    for (let k = 3 * vertexStart[i]!; k < 3 * vertexStart[i + 1]! - 3; k += 3) lengths[i]! += Math.hypot(xyz[k + 3]! - xyz[k]!, xyz[k + 4]! - xyz[k + 1]!, xyz[k + 5]! - xyz[k + 2]!)
  }
  return lengths
}
