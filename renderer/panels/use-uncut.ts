import { useMemo } from 'react'
import { useStore } from 'zustand'
import { uncutExcavations } from '#shared/excavation/scheme-digs.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { scenarioStore } from '../state/scheme/scenario-store.ts'

/** How many pits and trenches of a scheme cannot be computed as they stand: it is not clear whatever its check found. */
export function useUncut(schemeId: string | null): number {
  const excavations = useStore(scenarioStore, state => (schemeId === null ? undefined : state.byId[schemeId]?.document.excavations))
  const ground = useStore(projectStore, state => state.context?.ground ?? null)
  const origin = useStore(projectStore, state => state.info?.origin ?? null)
  return useMemo(() => (excavations && origin ? uncutExcavations(Object.values(excavations), ground, origin).length : 0), [excavations, ground, origin])
}
