import type { PreviewRoute } from '#shared/clearance/preview.ts'
import type { Proposal } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { Interaction, PipelineTemplate } from '#renderer/state/app/session-store.ts'
import { drawnRoute, firstSegmentOfLeg } from '../draw-pipeline/draw-steps.ts'
import { draggedAxis, movedSegments } from '../edit-proposal/edit-steps.ts'

/** Id of a route that is not in the scheme yet. */
const DRAFT_ID = 'draft'

/** The line under the pointer as the clearance engine is asked about it. */
export interface MovingRoute {
  readonly route: PreviewRoute
  /** The committed proposal this stands in for. */
  readonly replaces: string | null
  /** Segments to look at; null for all. */
  readonly segments: readonly number[] | null
}

/**
 * What moves now; null where nothing does, or a single point.
 * @param toLocal Project CRS to the local frame.
 */
export function movingRoute(interaction: Interaction, template: PipelineTemplate, proposals: Readonly<Record<string, Proposal>>, toLocal: (point: Vec3) => Vec3): MovingRoute | null {
  if (interaction.type === 'drawing') {
    const axis = drawnRoute(interaction)
    if (axis.length < 2) return null
    const { kind, owner, section, laying, pressureClass, voltageKv } = template
    return {
      route: { id: DRAFT_ID, kind, owner, section, axis, laying, ...(pressureClass !== null && { pressureClass }), ...(voltageKv !== null && { voltageKv }) },
      replaces: null, segments: null,
    }
  }
  const proposal = interaction.type === 'draggingVertex' ? proposals[interaction.proposalId] : undefined
  if (interaction.type !== 'draggingVertex' || !proposal) return null
  const axis = draggedAxis(proposal.axis.map(toLocal), interaction)
  const [first, last] = movedSegments(axis.length, interaction)
  return { route: { ...proposal, axis }, replaces: proposal.id, segments: Array.from({ length: last - first + 1 }, (_, i) => first + i) }
}

/** First segment that follows the pointer: figures are shown for these, colours for all. */
export function firstMovingSegment(interaction: Interaction): number {
  if (interaction.type === 'drawing') return firstSegmentOfLeg(interaction)
  return interaction.type === 'draggingVertex' ? Math.max(0, (interaction.relaid?.first ?? interaction.index) - 1) : 0
}

const POINTS_PER_SEGMENT = 10

/** Evenly spaced points along a route: what labels must leave visible. */
export const pointsAlong = (axis: readonly Vec3[]): Vec3[] =>
  axis.slice(1).flatMap((to, i) => Array.from({ length: POINTS_PER_SEGMENT + 1 }, (_, k): Vec3 => {
    const [from, share] = [axis[i]!, k / POINTS_PER_SEGMENT]
    return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]), from[2] + share * (to[2] - from[2])]
  }))
