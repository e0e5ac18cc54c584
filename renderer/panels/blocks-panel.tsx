import { Grid3x3 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { flyToPlan, toggleSwitch } from '../actions/view-actions.ts'
import { networkLength } from '../i18n/format.ts'
import { findingsByBlock, linesByBlock, type BlockLines } from '../state/block-facts.ts'
import { findingsStore, resultOf } from '../state/findings-store.ts'
import { kindColour } from '../state/kind-colours.ts'
import { projectStore } from '../state/project-store.ts'
import { qualityStore } from '../state/quality-store.ts'
import { scenarioStore } from '../state/scenario-store.ts'
import { viewStore } from '../state/view-store.ts'
import { Badge, EmptyState } from '../ui/display.tsx'
import { FilterBox } from '../ui/filter-box.tsx'
import { percent } from '../ui/percent.ts'
import './blocks-panel.css'
import './lists.css'

/** Blocks of responsibility: who answers for which part of town, what lies in it, and what there is to settle. */
export function BlocksPanel() {
  const { t } = useTranslation('app')
  const context = useStore(projectStore, state => state.context)
  const info = useStore(projectStore, state => state.info)
  const columns = useStore(projectStore, state => state.columns)
  const activeId = useStore(scenarioStore, state => state.activeId)
  const network = useStore(findingsStore, state => resultOf(state, activeId, 'network'))
  const scheme = useStore(findingsStore, state => resultOf(state, activeId, 'proposals'))
  const quality = useStore(qualityStore, state => state.result)
  const [filter, setFilter] = useState('')
  const blocks = context?.blocks
  const lines = useMemo(() => (columns && blocks ? linesByBlock(columns, blocks) : []), [columns, blocks])
  const findings = useMemo(() => (columns && blocks ? findingsByBlock(network ?? scheme, columns, blocks) : []), [columns, blocks, network, scheme])
  if (!blocks || !info || !columns) return null
  if (blocks.length === 0) return <EmptyState icon={<Grid3x3 size={24} />} title={t('blocks.empty.title')} text={t('blocks.empty.text')} />
  const wanted = filter.trim().toLowerCase()
  const shown = blocks.map((block, i) => ({ block, i })).filter(({ block }) => `${block.name} ${block.responsible}`.toLowerCase().includes(wanted))
  const [z0, z1] = info.extent ? [info.extent[2] - info.origin[2], info.extent[5] - info.origin[2]] : [0, 0]
  const visit = (ring: readonly (readonly [number, number])[]) => {
    if (!viewStore.getState().showBlocks) toggleSwitch('showBlocks')
    flyToPlan(ring.map(([x, y]) => [x - info.origin[0], y - info.origin[1]]), [z0, z1])
  }
  return (
    <div className="panel">
      <div className="panel__bar"><FilterBox value={filter} placeholder={t('blocks.filter')} clearLabel={t('common:clear')} onChange={setFilter} /></div>
      <ul className="panel__scroll" aria-label={t('panel.blocks')}>
        {shown.map(({ block: { id, name, responsible, ring }, i }) => (
          <li key={id} className="block">
            <button type="button" className="block__open" onClick={() => visit(ring)}>
              <span className="truncate">{name || id}</span>
              <span className="truncate list-row__note">{responsible || t('blocks.nobody')}</span>
              {lines[i] && <BlockBar lines={lines[i]} longestM={Math.max(...lines.map(({ lengthM }) => lengthM))} />}
              <span className="block__figures list-row__note">
                <span>{t('blocks.lines', { count: lines[i]?.count ?? 0, length: networkLength(lines[i]?.lengthM ?? 0) })}</span>
                {quality?.columns === columns && <span>{t('blocks.complete', { share: percent(quality.report.byBlock[i]?.score ?? 1) })}</span>}
                {findings[i] && findings[i].all > 0 && <Badge tone={findings[i].mandatory > 0 ? 'danger' : 'warning'}>{t('blocks.findings', { count: findings[i].all })}</Badge>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Length in the block, by kind, on one scale for all blocks. */
function BlockBar({ lines, longestM }: { readonly lines: BlockLines; readonly longestM: number }) {
  const palette = useStore(viewStore, state => state.colours)
  return (
    <span className="block__bar" aria-hidden>
      {lines.kinds.map(({ kind, lengthM }) => <span key={kind} style={{ width: `${(100 * lengthM) / (longestM || 1)}%`, background: kindColour(kind, palette) }} />)}
    </span>
  )
}
