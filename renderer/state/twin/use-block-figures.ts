import { useMemo } from 'react'
import { useStore } from 'zustand'
import { blockFigures, type BlockFigures } from './block-figures.ts'
import { findingsStore, resultOf } from '../findings/findings-store.ts'
import { projectStore } from './project-store.ts'
import { qualityStore } from './quality-store.ts'
import { registerStore } from './register-store.ts'
import { scenarioStore } from '../scheme/scenario-store.ts'
import { localDay } from '../findings/standings.ts'

/** Figures of every block of what is open; empty while there are none. */
export function useBlockFigures(): readonly BlockFigures[] {
  const context = useStore(projectStore, state => state.context)
  const columns = useStore(projectStore, state => state.columns)
  const activeId = useStore(scenarioStore, state => state.activeId)
  const schemes = useStore(scenarioStore, state => state.byId)
  const network = useStore(findingsStore, state => resultOf(state, activeId, 'network'))
  const scheme = useStore(findingsStore, state => resultOf(state, activeId, 'proposals'))
  const quality = useStore(qualityStore, state => state.result)
  const register = useStore(registerStore)
  return useMemo(
    () => (columns && context ? blockFigures({ columns, blocks: context.blocks, result: network && !network.partial ? network : scheme, report: quality?.columns === columns ? quality.report : null, register, schemes, today: localDay(new Date()) }) : []),
    [columns, context, network, scheme, quality, register, schemes],
  )
}
