import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { ProjectFile } from '../project-file.ts'
import type { CheckedScheme } from './report-data.ts'

/** Schemes set beside the reported one at most: more do not fit a page. */
const MOST_COMPARED = 5

/**
 * The reported scheme with the others that hold anything, each checked anew; none where it stands alone.
 * @param findingsOf What involves the proposals of a scheme, and its excavations.
 */
export async function comparedSchemes(project: ProjectFile, schemeId: string, findingsOf: (id: string) => Promise<readonly Finding[]>): Promise<CheckedScheme[]> {
  const others = project.scenarios().filter(({ id, proposals, excavations, removals }) => id !== schemeId && proposals + excavations + removals > 0).slice(0, MOST_COMPARED - 1)
  if (others.length === 0) return []
  const compared: CheckedScheme[] = []
  for (const id of [schemeId, ...others.map(other => other.id)]) compared.push({ document: project.scenarioDocument(id), findings: await findingsOf(id) })
  return compared
}
