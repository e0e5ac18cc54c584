import { LEDGER_FACTS, type QualityReport } from '#shared/quality/quality-report.ts'
import { blockLookup, blocksOfAssets } from '#shared/quality/block-lookup.ts'
import type { AssetColumns } from '#shared/twin/asset-columns.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import type { Block } from '#shared/twin/surface-feature.ts'
import { findingsByBlock, linesByBlock, type BlockLines } from './block-facts.ts'
import type { CheckResult } from '../findings/findings-store.ts'
import type { RegisterState } from './register-store.ts'
import { stageOf } from '../scheme/scheme-stage.ts'
import type { ScenariosState } from '../scheme/scenario-store.ts'

/** What the map may colour blocks by. */
export const BLOCK_FIGURES = ['findings', 'exceptions', 'gaps', 'works', 'length'] as const
export type BlockFigure = (typeof BLOCK_FIGURES)[number]

/** One block on the one map: what lies in it, what there is to settle, to renew, to find out, and what is being built. */
export interface BlockFigures {
  readonly lines: BlockLines
  readonly findings: number
  readonly mandatory: number
  /** Accepted findings whose day comes within the next month, or has passed. */
  readonly exceptions: number
  /** Facts the ledger lacks of its lines; null where it was not looked through, or is another one now. */
  readonly gaps: number | null
  readonly score: number | null
  /** Names of schemes that are handed in, approved or under construction here. */
  readonly works: readonly string[]
}

export interface BlockInput {
  readonly columns: AssetColumns
  readonly blocks: readonly Block[]
  readonly result: CheckResult | null
  readonly report: QualityReport | null
  readonly register: RegisterState
  readonly schemes: ScenariosState['byId']
  /** `YYYY-MM-DD` */
  readonly today: string
}

const DUE_WITHIN_DAYS = 30

/** In the order of the blocks. */
export function blockFigures({ columns, blocks, result, report, register, schemes, today }: BlockInput): BlockFigures[] {
  const lines = linesByBlock(columns, blocks)
  const findings = findingsByBlock(result, columns, blocks)
  const blockAt = blockLookup(blocks, columns.origin)
  const blockOf = blocksOfAssets(columns, blocks)
  const dueBy = new Date(Date.parse(today) + DUE_WITHIN_DAYS * 86_400_000).toISOString().slice(0, 10)
  const exceptions = new Uint32Array(blocks.length)
  for (const { body: { status, exception, seen } } of Object.values(register.findingStates)) {
    if (status !== 'accepted' || !exception || exception.expires > dueBy) continue
    const places = new Set([...seen.a, ...seen.b].map(id => blockOf[assetIndexOf(columns, id) ?? -1] ?? -1))
    for (const block of places) if (block >= 0) exceptions[block]!++
  }
  const works = blocks.map(() => new Set<string>())
  for (const [id, { document }] of Object.entries(schemes)) {
    if (['draft', 'as_built'].includes(stageOf(register, id))) continue
    for (const { axis } of Object.values(document.proposals)) for (const [x, y] of axis) works[blockAt(x - columns.origin[0], y - columns.origin[1])]?.add(document.name)
  }
  return blocks.map((_, i) => {
    const complete = report?.byBlock[i]
    return {
      lines: lines[i]!, findings: findings[i]!.all, mandatory: findings[i]!.mandatory, exceptions: exceptions[i]!, works: [...works[i]!].sort(),
      gaps: complete ? LEDGER_FACTS.reduce((sum, _fact, k) => sum + complete.lacking[k]!, 0) : null, score: complete?.score ?? null,
    }
  })
}

/** What the map shows of a block, and what is greatest of all: null where nothing is known. */
export function figureOf(figures: BlockFigures, by: BlockFigure): number | null {
  switch (by) {
    case 'findings': return figures.findings
    case 'exceptions': return figures.exceptions
    case 'gaps': return figures.gaps
    case 'works': return figures.works.length
    case 'length': return figures.lines.lengthM
  }
}
