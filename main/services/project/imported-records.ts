import { summariseIssues, type Issue, type IssueSummary } from '#shared/core/issues.ts'
import type { DrawnCatchment } from '#shared/hazards/overflow/drawn-catchment.ts'
import type { ImportedRecords } from '#shared/io/source.ts'
import { proposalSchema } from '#shared/scenario/command-schema.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import { saidProperties } from '#shared/scenario/line-properties.ts'
import type { AssetRecord } from '#shared/twin/asset.ts'
import type { TwinBatch } from './twin-writer.ts'

/** Records ready to be added: ids unique in the project, proposals of a form a scenario takes. */
export function prepareImport(records: ImportedRecords, project: { hasId(table: 'assets' | 'nodes' | 'blocks', id: string): boolean }): {
  readonly batch: TwinBatch
  readonly proposals: Readonly<Record<string, Proposal>>
  readonly catchments: readonly DrawnCatchment[]
  readonly issues: readonly IssueSummary[]
} {
  const issues: Issue[] = []
  const unique = <T extends { readonly id: string }>(items: readonly T[], isTaken: (id: string) => boolean): T[] => {
    const used = new Set<string>()
    return items.map(item => {
      let id = item.id
      for (let n = 2; used.has(id) || isTaken(id); n++) id = `${item.id}~${n}`
      used.add(id)
      if (id === item.id) return item
      issues.push({ code: 'duplicate_id', severity: 'warning', ref: item.id, context: { renamedTo: id } })
      return { ...item, id }
    })
  }
  const proposals = unique(records.proposals, id => id === '__proto__').flatMap(record => {
    const proposal = proposalOf(record)
    const problem = proposalSchema.safeParse(proposal).error?.issues[0]
    if (!problem) return [[proposal.id, proposal] as const]
    issues.push({ code: 'property_invalid', severity: 'error', ref: record.id, context: { property: problem.path.join('.') } })
    return []
  })
  const nodes = unique(records.nodes, id => project.hasId('nodes', id))
  const renamed = new Map(records.nodes.flatMap(({ id }, n) => (nodes[n]!.id === id ? [] : [[id, nodes[n]!.id] as const])))
  return {
    // They drain to the nodes they came with, whatever those are called now.
    catchments: (records.catchments ?? []).map(one => (one.node !== null && renamed.has(one.node) ? { ...one, node: renamed.get(one.node)! } : one)),
    batch: {
      assets: unique(records.assets, id => project.hasId('assets', id)),
      nodes,
      surfaceFeatures: records.surfaceFeatures,
      blocks: unique(records.blocks, id => project.hasId('blocks', id)),
      grounds: records.grounds,
    },
    proposals: Object.fromEntries(proposals),
    issues: summariseIssues(issues),
  }
}

function proposalOf({ id, kind, owner, section, axis, laying, pressureClass, voltageKv, attributes: { name, material } }: AssetRecord): Proposal {
  return {
    id, name: typeof name === 'string' ? name.slice(0, 200) : '', kind, owner, section, axis,
    ...saidProperties({ laying, pressureClass, voltageKv, ...(typeof material === 'string' && { material: material.slice(0, 100) }) }),
  }
}
