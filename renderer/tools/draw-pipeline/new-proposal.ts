import type { Proposal } from '#shared/scenario/document.ts'
import { saidProperties } from '#shared/scenario/line-properties.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { PipelineTemplate } from '#renderer/state/app/session-store.ts'

/** A proposal of the template along a route. @param taken Ids in use in the scheme. @param route Project CRS. */
export function newProposal(template: PipelineTemplate, route: readonly Vec3[], taken: ReadonlySet<string>, nameOf: (serial: number) => string): Proposal {
  let serial = 1
  while (taken.has(`proposal-${serial}`)) serial++
  return {
    id: `proposal-${serial}`, name: nameOf(serial), kind: template.kind, owner: template.owner, section: template.section, axis: route,
    ...saidProperties(template),
  }
}
