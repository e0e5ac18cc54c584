import { useMemo } from 'react'
import { useStore } from 'zustand'
import { ringArea } from '#shared/geometry/plan-polygon.ts'
import { analysisStore, type AnalysisGroup, type AnalysisState } from '../findings/analysis-store.ts'
import { registerStore, type RegisterState } from '../twin/register-store.ts'
import { sessionStore, type SessionState } from '../app/session-store.ts'

const NONE: readonly AnalysisGroup[] = []

const isDrawingOne = (session: SessionState): boolean => session.interaction.type === 'outlining' && session.interaction.purpose === 'catchment'
const isOfRain = ({ shown }: AnalysisState): boolean => shown === 'overflow' || shown === 'swmm'

/** Whether the picture shows them: while one is drawn, and where a method that uses them is looked at. */
export const showsCatchments = (): boolean => isOfRain(analysisStore.getState()) || isDrawingOne(sessionStore.getState())

/** The catchments people drew, one that is being dragged as it would be. Project CRS. */
export const drawnCatchments = (): { readonly id: string; readonly ring: readonly (readonly [number, number])[] }[] => outlines(registerStore.getState().catchments, analysisStore.getState().catchmentDraft)

const outlines = (records: RegisterState['catchments'], draft: AnalysisState['catchmentDraft']): { readonly id: string; readonly ring: readonly (readonly [number, number])[] }[] =>
  Object.values(records).map(({ id, body: { ring } }) => ({ id, ring: draft?.id === id ? draft.ring : ring }))

/** The same as what the picture shows of an answer. */
export function useDrawnCatchments(): readonly AnalysisGroup[] {
  const records = useStore(registerStore, state => state.catchments)
  const draft = useStore(analysisStore, state => state.catchmentDraft)
  const isWanted = useStore(analysisStore, isOfRain)
  const isDrawing = useStore(sessionStore, isDrawingOne)
  return useMemo(() => {
    const areas = outlines(records, draft).map(({ ring }) => ({ rings: [counterClockwise(ring.flat())], levelM: null }))
    return areas.length > 0 && (isWanted || isDrawing) ? [{ id: 'drawn', tone: 'second', assets: [], points: [], areas }] : NONE
  }, [records, draft, isWanted, isDrawing])
}

const counterClockwise = (ring: number[]): number[] => (ringArea(ring) > 0 ? ring : Array.from({ length: ring.length / 2 }, (_, i) => ring.length - 2 - 2 * i).flatMap(i => [ring[i]!, ring[i + 1]!]))
