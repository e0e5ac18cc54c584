import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { FindingState } from '#shared/register/finding-state.ts'
import { findingKey } from '#shared/review/finding-key.ts'
import type { SideGeometry } from '#shared/review/side-hash.ts'
import { standingOf, type Standing, type StandingContext } from '#shared/review/standing.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { assetSection, type AssetColumns } from '#shared/twin/asset-columns.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { ProjectState } from '../twin/project-store.ts'
import type { RegisterState } from '../twin/register-store.ts'

/** What standings are told from: the open project, the scheme worked on, what is kept about findings. */
export interface StandingSource {
  readonly project: Pick<ProjectState, 'columns' | 'pack'>
  readonly document: ScenarioDocument | null
  readonly records: RegisterState['findingStates']
}

/** Key of a finding's record in the scheme worked on. */
export const keyIn = (finding: Pick<Finding, 'id' | 'rule' | 'a' | 'b'>, document: ScenarioDocument | null) =>
  findingKey(finding, document?.id ?? null, id => document?.proposals[id] !== undefined || document?.excavations[id] !== undefined)

export const recordIn = (finding: Finding, { document, records }: Pick<StandingSource, 'document' | 'records'>): FindingState | null =>
  records[keyIn(finding, document).key]?.body ?? null

/** Where a finding stands today. */
export function standingIn(finding: Finding, source: StandingSource): Standing {
  return standingOf(finding, recordIn(finding, source), standingContext(source))
}

export function standingContext({ project: { columns, pack }, document }: Pick<StandingSource, 'project' | 'document'>): StandingContext {
  return {
    today: localDay(new Date()),
    pack: { id: pack?.pack.id ?? '', version: pack?.pack.version ?? '', hash: pack?.hash ?? '' },
    geometryOf: id => sideGeometry(id, columns, document),
  }
}

function sideGeometry(id: string, columns: AssetColumns | null, document: ScenarioDocument | null): SideGeometry | null {
  const proposal = document?.proposals[id]
  if (proposal) return { axis: proposal.axis, section: proposal.section }
  const cut = document?.excavations[id]
  if (cut) return { cut }
  const index = columns ? assetIndexOf(columns, id) : null
  if (!columns || index === null) return null
  const { vertexStart, xyz, origin } = columns
  const axis = Array.from({ length: vertexStart[index + 1]! - vertexStart[index]! }, (_, k): Vec3 => {
    const v = 3 * (vertexStart[index]! + k)
    return [xyz[v]! + origin[0], xyz[v + 1]! + origin[1], xyz[v + 2]! + origin[2]]
  })
  return { axis, section: assetSection(columns, index) }
}

/** Today where the user is, `YYYY-MM-DD`. */
export const localDay = (at: Date): string => `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`
