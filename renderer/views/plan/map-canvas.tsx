import { useEffect, useMemo, useRef, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { packContext } from '#shared/twin/twin-context.ts'
import { analysisStore, bringsViews, shownAnalysis, type AnalysisGroup } from '#renderer/state/findings/analysis-store.ts'
import { useColouring } from '#renderer/state/colouring/use-colouring.ts'
import { useDrawnCatchments } from '#renderer/state/scheme/drawn-catchments.ts'
import { excavationStore, shownCuts } from '#renderer/state/scheme/excavation-store.ts'
import { cameraStore } from '#renderer/state/view/camera-store.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { qualityStore } from '#renderer/state/twin/quality-store.ts'
import { ledgerStore } from '#renderer/state/twin/ledger-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { viewStore } from '#renderer/state/view/view-store.ts'
import { graphicsSupport } from '#renderer/scene/graphics-support.ts'
import { SCENE_COLOURS } from '#renderer/scene/scene-colours.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import { useThemeName } from '#renderer/scene/theme-choice.ts'
import { useSize } from '../cut/use-size.ts'
import { followMapPointer } from './map-gestures.ts'
import { groundIndex } from './map-ground.ts'
import { mapHandler } from './map-handler.ts'
import { analysisExtent } from './map-analysis.ts'
import { findingPlace } from './map-findings.ts'
import { markedFlaws } from './map-flaws.ts'
import { drawMapFrame } from './map-frame.ts'
import { useMapDraft } from './map-draft.ts'
import type { Overlay } from './map-overlay.ts'
import { mapPainter } from './map-paint.ts'
import { mapTools } from './map-tools.ts'
import { fitted, opening, toPixels, type MapPose, type MapSize } from './map-pose.ts'
import { TileCache } from './tile-cache.ts'
import { useBlockShades } from './use-block-shades.ts'
import { useMapFindings } from './use-map-findings.ts'
import type { ShownHeat } from './use-map-heat.ts'
import type { PlanBox } from '#shared/geometry/plan-box.ts'

const NO_GROUPS: readonly AnalysisGroup[] = []

/** Milliseconds squares are painted at a stretch. */
const PAINT_BUDGET_MS = 10
/** What is opened elsewhere lies at least this far inside the map, at no smaller a scale than this. */
const LOOK_INSET_PX = 40
const LOOK_PX_PER_M = 2

interface MapCanvasProps {
  readonly model: SceneModel
  readonly extent: PlanBox
  /** Rises each time the whole network is asked for. */
  readonly fits: number
  readonly heat: ShownHeat | null
  /** Where the map is; kept by the view, so that its buttons can move it. */
  readonly poseRef: RefObject<MapPose | null>
  readonly frames: Set<() => void>
  readonly canvasRef: RefObject<HTMLCanvasElement | null>
}

/** What the 3D view looks at, local frame. */
function placeLookedAt({ columns: { origin } }: SceneModel): readonly [number, number] | null {
  const { place } = cameraStore.getState()
  return place && [place.target[0] - origin[0], place.target[1] - origin[1]]
}

interface Placed {
  readonly place: (size: MapSize) => MapPose
  readonly size?: MapSize
  readonly pose?: MapPose
}

/** The map itself. Squares are painted between frames; what changes under the hand is drawn over them at every frame. */
export function MapCanvas({ model, extent, fits, heat, poseRef, frames, canvasRef }: MapCanvasProps) {
  const { t, i18n } = useTranslation('plan')
  const frameRef = useRef<HTMLDivElement>(null)
  const size = useSize(frameRef)
  const themeName = useThemeName()
  const colours = SCENE_COLOURS[themeName]
  const view = useStore(viewStore)
  const colouring = useColouring()
  const scheme = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const excavations = useStore(excavationStore)
  const digs = useMemo(() => shownCuts(excavations), [excavations])
  const selection = useStore(sessionStore, session => session.selection)
  const also = useStore(sessionStore, session => session.alsoSelected)
  const hover = useStore(sessionStore, session => session.hover)
  const findingId = useStore(sessionStore, session => session.findingId)
  const interaction = useStore(sessionStore, session => session.interaction)
  const queried = useStore(ledgerStore, state => state.query.area)
  const area = useMemo(() => {
    if (interaction.type === 'outlining') return { corners: [...interaction.points, ...(interaction.cursor ? [interaction.cursor] : [])], isDrawn: true }
    const [ox, oy] = model.columns.origin
    return queried && { corners: queried.map(([x, y]) => [x - ox, y - oy]), isDrawn: false }
  }, [interaction, queried, model])
  const shown = useStore(analysisStore, state => shownAnalysis(state)?.outcome.groups ?? NO_GROUPS)
  const isBrought = useStore(analysisStore, bringsViews)
  const drawn = useDrawnCatchments()
  const analysis = useMemo(() => (findingId === null ? [...shown, ...drawn] : NO_GROUPS), [findingId, shown, drawn])
  const lastFit = useRef(fits)
  /** A new answer brings the map to it, once. */
  const shownBefore = useRef(shown)
  /** Where the map was put last, and for which size: as long as nobody moves it, it goes with the size (a window of its own grows after it opens). */
  const placed = useRef<Placed | null>(null)
  const boxRef = useRef<readonly [number, number, number, number] | null>(null)
  const drawRef = useRef<() => void>(() => undefined)

  const ground = useMemo(() => groundIndex(packContext(model.context).surfaceFeatures, model.context.blocks, model.columns.origin), [model])
  const { hiddenKinds, hiddenOwners, showNodes, showGround, showBuildings } = view
  const quiet = heat ? colours.contour : null
  const painter = useMemo(
    () => colouring && mapPainter(model, ground, colours, { ground: showGround, buildings: showBuildings }, { colouring, quiet, hiddenKinds, hiddenOwners, showNodes }),
    [model, ground, colours, colouring, quiet, hiddenKinds, hiddenOwners, showNodes, showGround, showBuildings],
  )
  const cache = useMemo(() => new TileCache(function* () { /* Painted once there is a painter. */ }), [])
  useEffect(() => {
    if (painter) cache.repaint(painter)
    drawRef.current()
  }, [cache, painter])

  const shades = useBlockShades()
  const quality = useStore(qualityStore)
  const flaws = useMemo(() => markedFlaws(quality, model.columns), [quality, model])
  const { findings, open } = useMapFindings(model, view.showFindings && analysis.length === 0)
  const findingsRef = useRef(findings)
  useEffect(() => {
    findingsRef.current = findings
  }, [findings])
  const openedFlaw = flaws?.open ?? null
  const looked = useMemo(
    () => (flaws && openedFlaw !== null ? ([flaws.report.flaws.xyz[3 * openedFlaw]!, flaws.report.flaws.xyz[3 * openedFlaw + 1]!] as const) : open && findingPlace(open, model.columns.origin)),
    [flaws, openedFlaw, open, model],
  )
  // What is opened comes into sight; what is in sight moves nothing.
  useEffect(() => {
    const [pose, canvas] = [poseRef.current, canvasRef.current]
    if (!looked || !pose || !canvas) return
    const [x, y] = looked
    const [pxX, pxY] = toPixels(pose, { width: canvas.clientWidth, height: canvas.clientHeight }, x, y)
    const isSeen = pxX > LOOK_INSET_PX && pxY > LOOK_INSET_PX && pxX < canvas.clientWidth - LOOK_INSET_PX && pxY < canvas.clientHeight - LOOK_INSET_PX
    if (isSeen && pose.pxPerM >= LOOK_PX_PER_M) return
    poseRef.current = { x, y, pxPerM: Math.max(pose.pxPerM, LOOK_PX_PER_M) }
    drawRef.current()
    // Only when another is opened.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [looked?.[0], looked?.[1]])
  const draft = useMapDraft(model, colours)
  const contents = useMemo(
    () => ({ model, ground, heat, palette: view.colours, blocks: view.showBlocks ? model.context.blocks : [], shades, selection, also, hover, open, findings, scheme, digs, area, draft, analysis, flaws, isEnglish: i18n.language === 'en' }),
    [model, ground, heat, view.colours, view.showBlocks, shades, selection, also, hover, open, findings, scheme, digs, area, draft, analysis, flaws, i18n.language],
  )

  // Drawing reads the newest props; asking for a frame never builds a new loop.
  useEffect(() => {
    const canvas = canvasRef.current
    const context = canvas?.getContext('2d')
    if (!canvas || !context || size.width === 0) return undefined
    const ratio = Math.min(2, devicePixelRatio || 1)
    canvas.width = Math.round(size.width * ratio)
    canvas.height = Math.round(size.height * ratio)
    const before = placed.current
    const isUntouched = before !== null && before.pose === poseRef.current && before.size !== size
    if (lastFit.current !== fits) placed.current = { place: now => fitted(extent, now) }
    else if (shownBefore.current !== shown && shown.length > 0 && isBrought) placed.current = { place: now => fitted(analysisExtent(model, shown) ?? extent, now) }
    else if (poseRef.current === null) {
      const looked = placeLookedAt(model)
      placed.current = { place: now => opening(extent, now, looked) }
    }
    if (placed.current && (placed.current !== before || isUntouched)) poseRef.current = (placed.current = { ...placed.current, size, pose: placed.current.place(size) }).pose
    shownBefore.current = shown
    lastFit.current = fits
    let frame = 0
    let painting: ReturnType<typeof setTimeout> | undefined
    const font = getComputedStyle(canvas).fontFamily
    const draw = () => {
      frame = 0
      const pose = poseRef.current!
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
      context.fillStyle = colours.soil
      context.fillRect(0, 0, size.width, size.height)
      cache.draw(context, pose, size, ratio)
      const over: Overlay = { context, pose, size, colours }
      drawMapFrame(over, { ...contents, box: boxRef.current, font })
      for (const listener of frames) listener()
      painting ||= setTimeout(paint)
    }
    // Not tied to the frames: on a machine that draws slowly the map is there all the same.
    const paint = () => {
      const { isNew, isMissing } = cache.work(poseRef.current!, size, ratio, PAINT_BUDGET_MS)
      painting = isMissing ? setTimeout(paint) : undefined
      if (isNew) ask()
    }
    const ask = () => {
      frame ||= requestAnimationFrame(draw)
    }
    drawRef.current = ask
    ask()
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(painting)
    }
  }, [canvasRef, poseRef, size, extent, fits, cache, colours, contents, frames, model, shown, isBrought])

  useEffect(() => {
    const canvas = canvasRef.current
    if (!canvas) return undefined
    const sizeOf = () => ({ width: canvas.clientWidth, height: canvas.clientHeight })
    const tools = mapTools(model, () => poseRef.current ?? { x: 0, y: 0, pxPerM: 1 }, sizeOf)
    const stop = followMapPointer(canvas, mapHandler(model, poseRef, sizeOf, boxRef, findingsRef, () => drawRef.current()), tools)
    // Without a 3D view nobody else listens to the tools' keys.
    const stopKeys = graphicsSupport().hasWebGl2 ? undefined : tools.followKeys()
    return () => {
      stop()
      stopKeys?.()
    }
  }, [canvasRef, model, poseRef])

  return <div ref={frameRef} className="map-frame"><canvas ref={canvasRef} className="map-canvas" tabIndex={0} aria-label={t('canvas')} /></div>
}
