import { findingsToBcf, type FindingTexts } from '#shared/io/bcf/findings-to-bcf.ts'
import { writeBcf } from '#shared/io/bcf/write-bcf.ts'
import type { ReportData, ReportFinding } from '#shared/report/report-data.ts'
import { findingText } from '#shared/report/report-words.ts'
import { coordinationModel } from './coordination-ifc.ts'

const AUTHOR = 'Underplan'

/**
 * The findings as topics of a BCF archive, with status, person, due day, tags and comments as they stand. Copies of one
 * project give the topics the same guids.
 * @param modelFile Name of the IFC file that goes along; null where none does.
 * @throws RangeError for more than MAX_FINDING_TOPICS: ask before.
 */
export function findingsArchive(data: ReportData, version: '2.1' | '3.0', modelFile: string | null = null): Uint8Array {
  const { network, findings, project, projectId, words, pack } = data
  const rows = new Map(findings.map(row => [row.finding, row]))
  return writeBcf(findingsToBcf({
    findings: findings.map(({ finding }) => finding), project: { id: projectId, name: project }, author: AUTHOR, date: data.madeAt,
    frame: words('cli-bcf:finding.frame', { file: project, pack: pack.pack.id, crs: data.crs ?? words('report:statement.localFrame') }),
    ...(modelFile !== null && { model: coordinationModel(data, modelFile) }),
    textsOf: finding => textsOf(rows.get(finding)!, data),
    assetOf: id => {
      const side = network.lineOf(id)
      return side && { axis: side.axis, widthM: side.section.shape === 'circle' ? side.section.diameterM : side.section.widthM }
    },
  }), version).bytes
}

function textsOf(row: ReportFinding, data: ReportData): FindingTexts {
  const { finding, standing: { state, status } } = row
  const { words, network, pictures } = data
  const { a, b, rule, sentence, yields } = findingText(data, row)
  const kinds = [...finding.a, ...finding.b].flatMap(id => {
    const asset = network.assetOf(id)
    return asset ? [words(`kinds:kind.${asset.kind}`)] : []
  })
  return {
    title: words(finding.b.length === 0 ? 'cli-bcf:finding.titleAlone' : 'cli-bcf:finding.title', { rule, a, b }),
    sentence: yields === null ? sentence : `${sentence} ${yields}`,
    type: rule,
    status: status === 'new' ? words('cli-bcf:finding.open') : words(`review:status.${status}`),
    priority: words(finding.mandatory ? 'cli-bcf:finding.mandatory' : 'cli-bcf:finding.advisory'),
    labels: [...new Set(kinds), words(`findings:verdict.${finding.verdict}`), ...(state?.tags ?? [])],
    ...(state?.assignee && { assignedTo: state.assignee }), ...(state?.due && { dueDate: state.due }),
    comments: (state?.comments ?? []).map(({ id, at, author, text, picture }) => {
      const kept = picture === undefined ? undefined : pictures.get(picture)
      return { id, date: at, author, text, ...(kept && { picture: { bytes: new Uint8Array(Buffer.from(kept.base64, 'base64')), ending: kept.type === 'image/png' ? 'png' : 'jpg' } }) }
    }),
  }
}
