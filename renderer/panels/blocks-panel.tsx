import { Grid3x3 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { flyToPlan, toggleSwitch } from '../actions/view-actions.ts'
import { projectStore } from '../state/project-store.ts'
import { viewStore } from '../state/view-store.ts'
import { EmptyState } from '../ui/display.tsx'
import { FilterBox } from '../ui/filter-box.tsx'
import './lists.css'

/** Blocks of responsibility: who answers for which part of town. */
export function BlocksPanel() {
  const { t } = useTranslation('app')
  const context = useStore(projectStore, state => state.context)
  const info = useStore(projectStore, state => state.info)
  const [filter, setFilter] = useState('')
  if (!context || !info) return null
  if (context.blocks.length === 0) return <EmptyState icon={<Grid3x3 size={24} />} title={t('blocks.empty.title')} text={t('blocks.empty.text')} />
  const wanted = filter.trim().toLowerCase()
  const blocks = context.blocks.filter(({ name, responsible }) => `${name} ${responsible}`.toLowerCase().includes(wanted))
  const [z0, z1] = info.extent ? [info.extent[2] - info.origin[2], info.extent[5] - info.origin[2]] : [0, 0]
  const visit = (ring: readonly (readonly [number, number])[]) => {
    if (!viewStore.getState().showBlocks) toggleSwitch('showBlocks')
    flyToPlan(ring.map(([x, y]) => [x - info.origin[0], y - info.origin[1]]), [z0, z1])
  }
  return (
    <div className="panel">
      <div className="panel__bar"><FilterBox value={filter} placeholder={t('blocks.filter')} clearLabel={t('common:clear')} onChange={setFilter} /></div>
      <ul className="panel__scroll" aria-label={t('panel.blocks')}>
        {blocks.map(({ id, name, responsible, ring }) => (
          <li key={id}>
            <div className="scheme scheme--plain">
              <button type="button" className="scheme__open" onClick={() => visit(ring)}>
                <span className="truncate">{name || id}</span>
                <span className="truncate list-row__note">{responsible || t('blocks.nobody')}</span>
              </button>
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}
