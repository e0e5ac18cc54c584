import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { nodeIndexOf } from '#shared/twin/twin-context.ts'
import type { Block, SurfaceFeature } from '#shared/twin/surface-feature.ts'
import type { Palette } from '#renderer/state/colouring/colour-classes.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { CutResult } from '#renderer/state/scheme/excavation-store.ts'
import { kindColour } from '#renderer/state/view/kind-colours.ts'
import { removalsOf } from '#renderer/state/scheme/removals.ts'
import type { SessionState } from '#renderer/state/app/session-store.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import type { GroundIndex } from './map-ground.ts'
import type { AnalysisGroup } from '#renderer/state/findings/analysis-store.ts'
import { drawCatchmentHandles } from './map-catchments.ts'
import { drawAnalysis, drawAnalysisPlaces } from './map-analysis.ts'
import { drawDraft, type MapDraft } from './map-draft.ts'
import { drawOpenFinding, type MapFindings } from './map-findings.ts'
import { drawFlaws, type MarkedFlaws } from './map-flaws.ts'
import { drawAsset, drawBlocks, drawExcavation, drawRemoved, drawHeat, drawProposal, drawStreetNames, type BlockShades, type Overlay } from './map-overlay.ts'
import { toPixels } from './map-pose.ts'
import type { ShownHeat } from './use-map-heat.ts'

/** Below this scale findings are not marked where the map shows figures of its own: the marks would cover them. */
const FINDINGS_OVER_FIGURES_PX_PER_M = 1
const NODE_RING_PX = 11

/** What lies over the painted squares. */
export interface MapContents {
  readonly model: SceneModel
  readonly ground: GroundIndex
  readonly heat: ShownHeat | null
  readonly palette: Palette
  readonly blocks: readonly Block[]
  readonly shades: BlockShades | null
  readonly selection: SessionState['selection']
  readonly also: SessionState['alsoSelected']
  readonly hover: SessionState['hover']
  /** The finding that is open. */
  readonly open: Finding | null
  readonly findings: MapFindings | null
  readonly scheme: ScenarioDocument | null
  readonly digs: readonly CutResult[]
  /** What the analysis that is shown found. */
  readonly analysis: readonly AnalysisGroup[]
  readonly flaws: MarkedFlaws | null
  readonly isEnglish: boolean
  /** An area being drawn, or the one the ledger is narrowed to: corners, local frame. */
  readonly area: { readonly corners: readonly (readonly number[])[]; readonly isDrawn: boolean } | null
  readonly draft: MapDraft
  /** The box being drawn, pixels. */
  readonly box: readonly [number, number, number, number] | null
  readonly font: string
}

/** Draws all of it, what matters most last. */
export function drawMapFrame(over: Overlay, contents: MapContents): void {
  const { model, ground, heat, palette, blocks, shades, selection, also, hover, open, findings, scheme, digs, analysis, flaws, isEnglish, area, draft, box, font } = contents
  const { colours } = over
  if (heat) drawHeat(over, heat.heat, heat.grid, heat.classes)
  drawStreetNames(over, ground, (feature: SurfaceFeature) => String(feature.attributes[isEnglish ? 'nameEn' : 'nameZh'] ?? feature.name), font)
  if (blocks.length > 0) drawBlocks(over, blocks, shades, model.columns.origin, font)
  if (analysis.length > 0) drawAnalysis(over, model, analysis, scheme?.proposals ?? {})
  for (const ref of also) outline(over, model, ref, colours.accent, 4)
  outline(over, model, selection, colours.accent, 5)
  if (hover && hover.id !== selection?.id) outline(over, model, hover, colours.outline, 2)
  for (const id of removalsOf(scheme).keys()) {
    const asset = assetIndexOf(model.columns, id)
    if (asset !== null) drawRemoved(over, model, asset)
  }
  for (const dig of digs) drawExcavation(over, dig, model.columns.origin, selection?.id === dig.excavation.id)
  for (const proposal of Object.values(scheme?.proposals ?? {})) drawProposal(over, proposal, model.columns.origin, kindColour(proposal.kind, palette), selection?.id === proposal.id)
  drawAnalysisPlaces(over, model, analysis)
  drawCatchmentHandles(over, model.columns.origin)
  const hasFigures = heat !== null || (shades !== null && blocks.length > 0)
  if (!flaws && (!hasFigures || over.pose.pxPerM > FINDINGS_OVER_FIGURES_PX_PER_M)) findings?.draw(over, font)
  if (open) drawOpenFinding(over, open, model.columns.origin)
  if (flaws) drawFlaws(over, flaws)
  if (area) drawArea(over, area)
  drawDraft(over, draft)
  if (box) drawBox(over, box)
}

function outline(over: Overlay, model: SceneModel, ref: { readonly type: string; readonly id: string } | null, colour: string, extraPx: number): void {
  const asset = ref?.type === 'asset' ? assetIndexOf(model.columns, ref.id) : null
  if (asset !== null) drawAsset(over, model, asset, colour, extraPx)
  const node = ref?.type === 'node' ? nodeIndexOf(model.nodes, ref.id) : null
  if (node === null) return
  const { context, pose, size } = over
  context.strokeStyle = colour
  context.lineWidth = 2.5
  context.beginPath()
  context.arc(...toPixels(pose, size, model.nodes.at[3 * node]! - model.columns.origin[0], model.nodes.at[3 * node + 1]! - model.columns.origin[1]), NODE_RING_PX, 0, 2 * Math.PI)
  context.stroke()
}

function drawArea(over: Overlay, { corners, isDrawn }: NonNullable<MapContents['area']>): void {
  const { context, colours, pose, size } = over
  const places = corners.map(([x, y]) => toPixels(pose, size, x!, y!))
  context.beginPath()
  for (const [x, y] of places) context.lineTo(x, y)
  if (places.length > 2) context.closePath()
  context.fillStyle = colours.accent
  context.globalAlpha = 0.1
  context.fill()
  context.globalAlpha = 1
  context.strokeStyle = colours.accent
  context.lineWidth = 2
  context.setLineDash(isDrawn ? [] : [7, 4])
  context.stroke()
  context.setLineDash([])
  if (!isDrawn) return
  for (const [i, [x, y]] of places.entries()) {
    context.beginPath()
    context.arc(x, y, i === 0 ? 6 : 3.5, 0, 2 * Math.PI)
    if (i === 0) context.stroke()
    else context.fill()
  }
}

function drawBox({ context, colours }: Overlay, [x0, y0, x1, y1]: readonly [number, number, number, number]): void {
  context.strokeStyle = colours.accent
  context.lineWidth = 1.5
  context.setLineDash([5, 4])
  context.strokeRect(x0, y0, x1 - x0, y1 - y0)
  context.setLineDash([])
}
