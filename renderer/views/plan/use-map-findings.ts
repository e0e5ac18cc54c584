import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { useHoldingResults } from '#renderer/state/colouring/use-colouring.ts'
import { markedFindings } from '#renderer/state/findings/marked-findings.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { activeScenario, scenarioStore } from '#renderer/state/scheme/scenario-store.ts'
import { registerStore } from '#renderer/state/twin/register-store.ts'
import type { SceneModel } from '#renderer/scene/scene-model.ts'
import { MapFindings } from './map-findings.ts'

/** What the map marks of the results that speak of what is open now, and the finding that is open. @param isMarking False where something else has the picture. */
export function useMapFindings({ columns: { origin } }: SceneModel, isMarking: boolean): { readonly findings: MapFindings | null; readonly open: Finding | null } {
  const results = useHoldingResults(true)
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const records = useStore(registerStore, state => state.findingStates)
  const openId = useStore(sessionStore, session => session.findingId)
  const marked = useMemo(
    () => (isMarking ? results.flatMap(({ scope, findings }) => markedFindings(findings, { document, records }).map(finding => ({ finding, scope }))) : null),
    [isMarking, results, document, records],
  )
  const findings = useMemo(() => marked && new MapFindings(marked.filter(({ finding }) => finding.id !== openId), origin), [marked, openId, origin])
  const open = useMemo(() => (openId === null ? null : (results.flatMap(result => result.findings).find(({ id }) => id === openId) ?? null)), [results, openId])
  return { findings, open }
}
