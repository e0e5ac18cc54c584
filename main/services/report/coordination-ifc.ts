import { unattendedJob } from '#shared/core/job.ts'
import { writeIfc } from '#shared/io/export/write-ifc.ts'
import type { ReportData } from '#shared/report/report-data.ts'
import { assetRecord } from '#shared/twin/asset-columns.ts'
import { ifcGuidsOf } from '../export/export-network.ts'

/**
 * The objects that the findings are about as IFC 4.3, to go along with their BCF: guids are those the topics select, and
 * coordinates those their cameras stand in.
 */
export function coordinationIfc({ network, findings, project, projectId, crs, madeAt, words }: ReportData): Uint8Array {
  const { columns } = network
  const indexes = new Set(findings.flatMap(({ finding: { a, b } }) => [...a, ...b].flatMap(id => network.indexOf(id) ?? [])))
  const assets = [...indexes].sort((p, q) => p - q).map(index => {
    const record = assetRecord(columns, index)
    return network.isProposal(record.id) ? { ...record, status: 'planned' as const } : record
  })
  const terms = { name: project.replace(/\.gpkg$/i, ''), textOf: (key: string) => words(key), job: unattendedJob, ifcGuidOf: ifcGuidsOf(projectId), at: madeAt, plan: false, isInWorld: true }
  return new TextEncoder().encode([...writeIfc({ crs, assets, nodes: [], proposals: [], ground: null }, terms)].join(''))
}

/** What topics say of the model they belong to. */
export function coordinationModel({ projectId }: ReportData, file: string) {
  const guidOf = ifcGuidsOf(projectId)
  return { file, projectGuid: guidOf('project'), siteGuid: guidOf('site') }
}
