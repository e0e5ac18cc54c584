import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { FindingGrouping } from '#shared/register/finding-filter.ts'
import type { Standing } from '#shared/review/standing.ts'
import type { TwinContext } from '#shared/twin/twin-context.ts'

type Streets = TwinContext['surfaceFeatures']

/** A spot farther than this from every street's centre line belongs to none. */
const STREET_REACH_M = 40

/**
 * Name of the group a finding belongs to; empty for none.
 * @param wordsOf How a side, a rule or a status is said.
 */
export function groupOf(finding: Finding, standing: Standing, by: FindingGrouping, context: { readonly streets: Streets; readonly ownerOf: (id: string) => string; readonly blockAt: (finding: Finding) => string; readonly sideWords: string; readonly ruleWords: string; readonly statusWords: string }): string {
  switch (by) {
    case 'none': return ''
    case 'run': return context.sideWords
    case 'owner': return [...new Set([...finding.a, ...finding.b].map(context.ownerOf).filter(owner => owner !== ''))].sort().join(' / ')
    case 'rule': return context.ruleWords
    case 'block': return context.blockAt(finding)
    case 'street': return nearestStreet(finding, context.streets)
    case 'status': return context.statusWords
    case 'assignee': return standing.state?.assignee ?? ''
    case 'hand': return standing.state?.group ?? ''
  }
}

function nearestStreet({ at: { a } }: Finding, streets: Streets): string {
  let [best, name] = [STREET_REACH_M, '']
  for (const street of streets) {
    for (let i = 1; i < street.points.length; i++) {
      const distance = toSegment(a[0], a[1], street.points[i - 1]!, street.points[i]!)
      if (distance < best) [best, name] = [distance, street.name || street.id]
    }
  }
  return name
}

function toSegment(x: number, y: number, [px, py]: readonly [number, number], [qx, qy]: readonly [number, number]): number {
  const [dx, dy] = [qx - px, qy - py]
  const square = dx * dx + dy * dy
  const t = square > 0 ? Math.min(1, Math.max(0, ((x - px) * dx + (y - py) * dy) / square)) : 0
  return Math.hypot(px + t * dx - x, py + t * dy - y)
}
