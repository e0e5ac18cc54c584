import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { assetSection } from '#shared/twin/asset-columns.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { useOpenFinding, type OpenFinding } from '../focus.ts'
import { RENDER_ORDER } from '../layers.ts'
import type { DrawnPath } from '../paths/path-mesh.ts'
import { Paths } from '../paths/paths.tsx'
import type { SceneColours } from '../scene-colours.ts'
import { useScene } from '../scene-context.ts'
import { crsToView, localToView } from '../scene-frame.ts'
import type { SceneModel } from '../scene-model.ts'
import { axisBetween, gapLines, type GapLines, type HalfSize } from './gap-lines.ts'

const LINE: OuterSection = { shape: 'circle', diameterM: 0.03 }
/** The stretch is drawn this much fatter than the asset, as a sleeve over it. */
const SLEEVE = 1.12

/** The open finding in the picture: its stretch as a sleeve, and the gap as a dimension. */
export function FindingLayer() {
  const { model, colours } = useScene()
  const finding = useOpenFinding()
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const drawn = useMemo(() => {
    if (!finding) return null
    const tint = { colour: toneColour(finding, colours), strength: 1 }
    const gap = findingGap(finding, model, document)
    return {
      stretch: stretchPaths(finding, model, document, { ...tint, strength: 0.85 }),
      lines: [gap.gap, ...gap.leads].map((line, i): DrawnPath => ({ axis: line, section: LINE, tint: { ...tint, strength: i === 0 ? 1 : 0.5 } })),
    }
  }, [finding, model, colours, document])
  if (!drawn) return null
  return (
    <>
      <Paths paths={drawn.stretch} outline={colours.outline} outlinePx={0} hiddenStrength={0.55} renderOrder={RENDER_ORDER.highlight + 1} throughOrder={RENDER_ORDER.highlightThrough + 1} />
      <Paths paths={drawn.lines} outline={colours.outline} outlinePx={1.5} hiddenStrength={1} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.marks} />
    </>
  )
}

export const toneColour = (finding: { readonly mandatory: boolean }, colours: SceneColours): string => (finding.mandatory ? colours.mandatory : colours.advisory)

/** The dimension of a finding, view frame. */
export function findingGap(finding: OpenFinding, model: SceneModel, document: ScenarioDocument | null): GapLines {
  const { frame } = model
  return gapLines(
    finding.rule, crsToView(frame, finding.at.a), crsToView(frame, finding.at.b),
    halfSize(sideSection(finding.a, model, document)), halfSize(finding.b.length === 0 ? null : sideSection(finding.b, model, document)),
  )
}

function sideSection(ids: readonly string[], model: SceneModel, document: ScenarioDocument | null): OuterSection | null {
  for (const id of ids) {
    const section = lineOf(id, model, document)?.section
    if (section) return section
  }
  return null
}

const halfSize = (section: OuterSection | null): HalfSize =>
  !section ? { widthM: 0, heightM: 0 }
    : section.shape === 'circle' ? { widthM: section.diameterM / 2, heightM: section.diameterM / 2 } : { widthM: section.widthM / 2, heightM: section.heightM / 2 }

/** Axis (view frame) and section of an asset or proposal. */
function lineOf(id: string, model: SceneModel, document: ScenarioDocument | null): { readonly axis: Vec3[]; readonly section: OuterSection } | null {
  const proposal = document?.proposals[id]
  if (proposal) return { axis: proposal.axis.map(point => crsToView(model.frame, point)), section: proposal.section }
  const index = assetIndexOf(model.columns, id)
  if (index === null) return null
  const axis: Vec3[] = []
  for (let v = model.columns.vertexStart[index]!; v < model.columns.vertexStart[index + 1]!; v++) {
    axis.push(localToView(model.frame, [model.columns.xyz[3 * v]!, model.columns.xyz[3 * v + 1]!, model.columns.xyz[3 * v + 2]!]))
  }
  return { axis, section: assetSection(model.columns, index) }
}

function stretchPaths(finding: OpenFinding, model: SceneModel, document: ScenarioDocument | null, tint: DrawnPath['tint']): DrawnPath[] {
  const line = finding.a[0] === undefined ? null : lineOf(finding.a[0], model, document)
  if (!line) return []
  const axis = axisBetween(line.axis, finding.stretch.fromChainageM, finding.stretch.toChainageM)
  return axis.length < 2 ? [] : [{ axis, section: fattened(line.section), tint }]
}

const fattened = (section: OuterSection): OuterSection =>
  section.shape === 'circle' ? { shape: 'circle', diameterM: section.diameterM * SLEEVE } : { shape: 'rectangle', widthM: section.widthM * SLEEVE, heightM: section.heightM * SLEEVE }
