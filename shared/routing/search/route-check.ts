import { checkNetwork } from '../../clearance/check.ts'
import { effectiveNetwork } from '../../clearance/network/effective-network.ts'
import type { Finding, PairRow } from '../../clearance/findings/finding.ts'
import { lineSite } from '../../clearance/line-rules/line-tester.ts'
import { ownBendFindings } from '../../clearance/line-rules/own-bends.ts'
import { prepareClearance } from '../../clearance/prepare.ts'
import type { JobControl } from '../../core/job.ts'
import type { Proposal } from '../../scenario/document.ts'
import type { Vec3 } from '../../twin/asset.ts'
import { plus } from '../lines/axis.ts'
import type { RouteSite } from './route-site.ts'

/** What the full check says of a route laid in its site. */
export interface CheckedRoute {
  /** Limits between lines that it breaks as drawn: a route with any is not offered. */
  readonly pairs: readonly PairRow[]
  /** Everything a check of the scheme would list of it, touching left out; project CRS. */
  readonly findings: readonly Finding[]
}

/** The engine's own answer on the network with a route in it, every rule asked. @param axis Local frame. */
export function checkRoute({ prepared: { columns, pack, ground }, surfaceFeatures, nodes }: RouteSite, line: Omit<Proposal, 'axis'>, axis: readonly Vec3[], job: JobControl): CheckedRoute {
  const proposal = { ...line, axis: axis.map(point => plus(point, columns.origin)) }
  const assets = effectiveNetwork(columns, [proposal])
  const involving = new Uint8Array(assets.count).fill(1, columns.count)
  const prepared = prepareClearance({ assets, pack, ground, surfaceFeatures, nodes }, job)
  const { pairs, findings } = checkNetwork(prepared, { involving }, job, lineSite(prepared, { surfaceFeatures, nodes }))
  return { pairs, findings: [...findings.filter(({ rule }) => rule !== 'touching'), ...ownBendFindings([proposal])] }
}
