import { assetIndexOf } from '#shared/twin/asset-index.ts'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { findingsStore, type CheckResult } from '#renderer/state/findings/findings-store.ts'
import { analysisStore, shownAnalysis } from '#renderer/state/findings/analysis-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import type { SceneModel } from './scene-model.ts'

export type OpenFinding = CheckResult['findings'][number]

/** Items of the two sides of the open finding; null while none is open. */
export interface Focus {
  readonly a: ReadonlySet<number>
  readonly b: ReadonlySet<number>
}

/** The open finding, looked up in whatever results are held. */
export function useOpenFinding(): OpenFinding | null {
  const id = useStore(sessionStore, session => session.findingId)
  const results = useStore(findingsStore, findings => findings.results)
  return useMemo(() => (id === null ? null : findFinding(Object.values(results), id)), [id, results])
}

function findFinding(results: readonly CheckResult[], id: string): OpenFinding | null {
  for (const result of results) {
    const finding = result.findings.find(candidate => candidate.id === id)
    if (finding) return finding
  }
  return null
}

/** An analysis draws what it found itself; all else recedes. */
const NOTHING: Focus = { a: new Set(), b: new Set() }

export function useFocus(model: SceneModel): Focus | null {
  const finding = useOpenFinding()
  const hasAnalysis = useStore(analysisStore, state => shownAnalysis(state) !== null)
  return useMemo(() => {
    if (!finding) return hasAnalysis ? NOTHING : null
    const items = (ids: readonly string[]) => new Set(ids.flatMap(id => assetIndexOf(model.columns, id) ?? []))
    return { a: items(finding.a), b: items(finding.b) }
  }, [finding, hasAnalysis, model])
}
