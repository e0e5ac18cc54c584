import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { assetIndexOf } from '#shared/twin/asset-index.ts'
import type { CutItem } from '#shared/profile/cut-world.ts'
import { needAttribute } from '../../actions/viewing/colour-actions.ts'
import { attributeAt, attributeStore } from '../../state/colouring/attribute-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'

/** What a line is made of, as its source or its designer wrote it; empty where nobody did. Asked of the host once for a twin. */
export function useMaterials(): (item: CutItem) => string {
  const columns = useStore(projectStore, project => project.columns)
  const twinHash = useStore(projectStore, project => project.info?.twinHash ?? null)
  const held = useStore(attributeStore, state => state.material?.column ?? null)
  const proposals = useStore(scenarioStore, state => activeScenario(state)?.document.proposals)
  useEffect(() => {
    if (twinHash !== null) void needAttribute('material')
  }, [twinHash])
  return useMemo(() => ({ type, id }: CutItem) => {
    if (type === 'proposal') return proposals?.[id]?.material ?? ''
    const asset = columns && assetIndexOf(columns, id)
    return asset === null || !held ? '' : attributeAt(held, asset)
  }, [columns, held, proposals])
}
