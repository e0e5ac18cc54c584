import type { PreviewSegment } from '#shared/clearance/preview.ts'
import { assetKind, type AssetColumns } from '#shared/twin/asset-columns.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import { minus } from '#renderer/scene/camera/pose.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { sessionStore, type LiveShortfall } from '#renderer/state/app/session-store.ts'
import { movingRoute } from './moving-route.ts'
import { PreviewClient } from './preview-client.ts'

const NONE = {}
const proposalsNow = () => activeScenario(scenarioStore.getState())?.document.proposals ?? NONE
const removalsNow = () => activeScenario(scenarioStore.getState())?.document.removals ?? NONE

/** Keeps the shortfalls of whatever moves in the session, in the same frame as the pointer. @returns the means to stop. */
export function followLive(model: SceneModel, pack: RulePack): () => void {
  const update = (): void => {
    const { interaction, template, live } = sessionStore.getState()
    const moving = movingRoute(interaction, template, proposalsNow(), point => minus(point, model.frame.crsOrigin))
    if (!moving || !client.ready) {
      if (live) sessionStore.setState({ live: null })
      return
    }
    const { preview, prepared } = client.ready
    const started = performance.now()
    const segments = preview.previewRoute(moving.route, { lines: true, site: client.siteOf(moving.route.axis), ...(moving.replaces !== null && { replaces: moving.replaces }), ...(moving.segments && { segments: moving.segments }) })
    const computeMs = performance.now() - started
    sessionStore.setState({ live: { shortfalls: liveShortfalls(segments, prepared.columns), computeMs } })
  }
  const client = new PreviewClient(model, pack, update)
  const prepare = () => client.prepare(Object.values(proposalsNow()), Object.keys(removalsNow()))
  prepare()
  const stopSession = sessionStore.subscribe((now, before) => {
    if (now.interaction !== before.interaction || now.template !== before.template) update()
  })
  let known = { proposals: proposalsNow(), removals: removalsNow() }
  const stopScenario = scenarioStore.subscribe(() => {
    const now = { proposals: proposalsNow(), removals: removalsNow() }
    if (now.proposals === known.proposals && now.removals === known.removals) return
    known = now
    prepare()
  })
  return () => {
    stopSession()
    stopScenario()
    client.dispose()
  }
}

/** What falls short as drawn; what is only possible within the survey's uncertainty is left to the full check. */
function liveShortfalls(segments: readonly PreviewSegment[], columns: AssetColumns): LiveShortfall[] {
  return segments.flatMap(({ segment, shortfalls }) => shortfalls.filter(row => row.isShort).map((row): LiveShortfall => ({
    segment, rule: row.rule, required: row.required, found: row.found, shortfall: row.shortfall, clause: row.clause, mandatory: row.mandatory,
    otherId: row.other?.id ?? row.around?.id ?? '', otherKind: row.other ? assetKind(columns, row.other.asset) : null, ...(row.around && { against: row.around.against }), at: { a: row.at.route, b: row.at.other },
  })))
}
