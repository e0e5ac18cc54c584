import type { Excavation } from '#shared/scenario/document.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import { localToView, viewToCrs } from '#renderer/scene/scene-frame.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import { excavationStore, type CutResult, type DigRefusal } from '#renderer/state/scheme/excavation-store.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { cutResult } from './cut-result.ts'
import { DigSiteKeeper, type DigSite } from './dig-site.ts'
import { excavationFrom, LEAST_POINTS, pointsShown, withCorner } from './dig-steps.ts'

const documentNow = () => activeScenario(scenarioStore.getState())?.document ?? null

/** Keeps the results of the scheme's excavations, and of the one being drawn or dragged in the same frame as the pointer. */
export function followExcavations(model: SceneModel): () => void {
  let keeper: DigSiteKeeper | null = null
  let known: { readonly site: DigSite; readonly results: ReadonlyMap<string, CutResult> } | null = null

  const siteNow = (): DigSite => {
    keeper ??= new DigSiteKeeper(model, refreshAll)
    excavationStore.setState({ isIndexed: keeper.isIndexed })
    return keeper.site(documentNow())
  }

  /** Excavations that changed, or all where what they are in did. */
  const refresh = (): void => {
    const excavations = Object.values(documentNow()?.excavations ?? {})
    if (excavations.length === 0) {
      if (excavationStore.getState().results.size > 0) excavationStore.setState({ results: new Map() })
      return
    }
    const site = siteNow()
    const isSameSite = known !== null && known.site.baseline === site.baseline && known.site.proposals === site.proposals && known.site.removed === site.removed
    const before = isSameSite ? known!.results : new Map<string, CutResult>()
    const results = new Map(excavations.map(excavation => {
      const last = before.get(excavation.id)
      return [excavation.id, last?.excavation === excavation ? last : cutResult(excavation, site, model.frame.crsOrigin)]
    }))
    known = { site, results }
    excavationStore.setState({ results })
  }

  const refreshDraft = (): void => {
    const { draft } = excavationStore.getState()
    const next = draftNow(model, siteNow)
    if (next !== draft) excavationStore.setState({ draft: next })
  }

  const refreshAll = (): void => {
    excavationStore.setState({ isIndexed: true })
    refresh()
    refreshDraft()
  }

  refresh()
  const stops = [
    sessionStore.subscribe((now, before) => {
      if (now.interaction !== before.interaction) refreshDraft()
    }),
    excavationStore.subscribe((now, before) => {
      if (now.template !== before.template) refreshDraft()
    }),
    scenarioStore.subscribe((now, before) => {
      const [document, last] = [activeScenario(now)?.document, activeScenario(before)?.document]
      if (document?.excavations !== last?.excavations || document?.proposals !== last?.proposals || document?.removals !== last?.removals) refresh()
    }),
  ]
  return () => {
    for (const stop of stops) stop()
    keeper?.dispose()
    excavationStore.setState({ draft: null, results: new Map(), isIndexed: false })
  }
}

function draftNow(model: SceneModel, siteNow: () => DigSite): CutResult | null {
  const { interaction } = sessionStore.getState()
  const toCrs = (point: Vec3): Vec3 => viewToCrs(model.frame, localToView(model.frame, point))
  if (interaction.type === 'digging') {
    const { template } = excavationStore.getState()
    const points = pointsShown(interaction)
    if (points.length < LEAST_POINTS[template.type]) return null
    const made = excavationFrom(template, points.map(toCrs), 'draft', '')
    const placeholder: Excavation = { id: 'draft', name: '', shape: { type: 'bore', axis: points.map(toCrs), diameterM: template.bore.diameterM }, bottom: null, slopeRatio: 0 }
    return made.ok ? cutResult(made.value, siteNow(), model.frame.crsOrigin) : refused(placeholder, made.error)
  }
  if (interaction.type !== 'draggingCorner') return null
  const excavation = documentNow()?.excavations[interaction.excavationId]
  if (!excavation) return null
  const shape = withCorner(excavation.shape, interaction.index, interaction.inserted, toCrs(interaction.to))
  return shape.ok ? cutResult({ ...excavation, shape: shape.value }, siteNow(), model.frame.crsOrigin) : refused(excavation, shape.error)
}

const refused = (excavation: Excavation, refusal: DigRefusal): CutResult => ({ excavation, refusal, solid: null, mesh: null, cut: null, bored: null, rock: [], hanging: [], computeMs: 0 })
