import { useMemo } from 'react'
import { useStore } from 'zustand'
import { assetSection } from '#shared/twin/asset-columns.ts'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import { analysisStore, shownAnalysis, TONE_COLOURS, TONE_SHAPES, type AnalysisGroup } from '#renderer/state/findings/analysis-store.ts'
import { useDrawnCatchments } from '#renderer/state/scheme/drawn-catchments.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { AnalysisAreas } from './analysis-areas.tsx'
import { useOpenFinding } from './focus.ts'
import { RENDER_ORDER } from './layers.ts'
import { Marks, type Mark } from './marks/marks.tsx'
import type { DrawnPath } from './paths/path-mesh.ts'
import { Paths } from './paths/paths.tsx'
import { useScene } from './scene-context.ts'
import { crsToView, localToView } from './scene-frame.ts'
import type { SceneModel } from './scene-model.ts'

/** More lines than this are a map of everything; the first ones of the heaviest group go first. */
const MOST_LINES = 2500
const MOST_MARKS = 4000
/** Of many the single one matters less than where they lie. */
const [MARK_PX, SMALL_MARK_PX, MANY_MARKS] = [12, 8, 300] as const
/** Drawn a little fatter than the line, so that it covers it. */
const SLEEVE = 1.06
const NO_GROUPS: readonly AnalysisGroup[] = []

/** What an analysis found, over the ghosted rest: lines in the colour of their group, places as marks. */
export function AnalysisLayer() {
  const { model, colours } = useScene()
  const groups = useStore(analysisStore, state => shownAnalysis(state)?.outcome.groups ?? NO_GROUPS)
  const proposals = useStore(scenarioStore, state => activeScenario(state)?.document.proposals)
  const isCovered = useOpenFinding() !== null
  const paths = useMemo(() => {
    const drawn = new Map<string, DrawnPath>()
    for (const { assets, tone } of [...groups].reverse()) {
      for (const id of assets) {
        if (drawn.size >= MOST_LINES) break
        if (drawn.has(id)) continue
        const proposal = proposals?.[id]
        const line = proposal ? { axis: proposal.axis.map(point => crsToView(model.frame, point)), section: proposal.section } : lineOf(model, id)
        if (line) drawn.set(id, { axis: line.axis, section: fattened(line.section), tint: { colour: TONE_COLOURS[tone], strength: 1 } })
      }
    }
    return [...drawn.values()]
  }, [groups, proposals, model])
  const marks = useMemo(() => {
    const sizePx = groups.reduce((sum, { points }) => sum + points.length, 0) > MANY_MARKS ? SMALL_MARK_PX : MARK_PX
    return groups.flatMap(({ points, tone }) => points.map((at): Mark => ({ at: crsToView(model.frame, at), shape: TONE_SHAPES[tone], colour: TONE_COLOURS[tone], sizePx }))).slice(-MOST_MARKS)
  }, [groups, model])
  const drawnCatchments = useDrawnCatchments()
  const areas = useMemo(() => [...groups, ...drawnCatchments], [groups, drawnCatchments])
  if (isCovered) return null
  return (
    <>
      <Paths isCut paths={paths} outline={colours.outline} outlinePx={0} hiddenStrength={0.75} renderOrder={RENDER_ORDER.highlight} throughOrder={RENDER_ORDER.highlightThrough} />
      <AnalysisAreas groups={areas} />
      <Marks marks={marks} />
    </>
  )
}

function lineOf({ columns, frame }: SceneModel, id: string): { readonly axis: Vec3[]; readonly section: OuterSection } | null {
  const index = assetIndexOf(columns, id)
  if (index === null) return null
  const axis: Vec3[] = []
  for (let v = columns.vertexStart[index]!; v < columns.vertexStart[index + 1]!; v++) axis.push(localToView(frame, [columns.xyz[3 * v]!, columns.xyz[3 * v + 1]!, columns.xyz[3 * v + 2]!]))
  return { axis, section: assetSection(columns, index) }
}

const fattened = (section: OuterSection): OuterSection =>
  section.shape === 'circle' ? { shape: 'circle', diameterM: section.diameterM * SLEEVE } : { shape: 'rectangle', widthM: section.widthM * SLEEVE, heightM: section.heightM * SLEEVE }
