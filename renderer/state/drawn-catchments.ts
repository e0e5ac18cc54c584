import { useMemo } from 'react'
import { useStore } from 'zustand'
import { ringArea } from '#shared/geometry/plan-polygon.ts'
import { analysisStore, type AnalysisGroup } from './analysis-store.ts'
import { registerStore } from './register-store.ts'
import { sessionStore } from './session-store.ts'

const NONE: readonly AnalysisGroup[] = []

/** The catchments people drew, for the picture: while they are drawn, and where a method that uses them is looked at. */
export function useDrawnCatchments(): readonly AnalysisGroup[] {
  const records = useStore(registerStore, state => state.catchments)
  const isWanted = useStore(analysisStore, state => state.shown === 'overflow' || state.shown === 'swmm')
  const isDrawing = useStore(sessionStore, session => session.interaction.type === 'outlining' && session.interaction.purpose === 'catchment')
  return useMemo(() => {
    const areas = Object.values(records).map(({ body: { ring } }) => ({ rings: [counterClockwise(ring.flat())], levelM: null }))
    return areas.length > 0 && (isWanted || isDrawing) ? [{ id: 'drawn', tone: 'second', assets: [], points: [], areas }] : NONE
  }, [records, isWanted, isDrawing])
}

const counterClockwise = (ring: number[]): number[] => (ringArea(ring) > 0 ? ring : Array.from({ length: ring.length / 2 }, (_, i) => ring.length - 2 - 2 * i).flatMap(i => [ring[i]!, ring[i + 1]!]))
