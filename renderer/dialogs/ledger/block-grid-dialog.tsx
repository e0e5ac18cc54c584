import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { gridBlocks, MOST_GRID_CELLS } from '#shared/ledger/block-grid.ts'
import { addBlocks } from '../../actions/ledger/block-actions.ts'
import { count } from '../../i18n/format.ts'
import { ledgerStore } from '../../state/twin/ledger-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, NumberInput } from '../../ui/fields.tsx'
import { SignedFields } from './signed-fields.tsx'
import '../dialogs.css'
import './ledger-dialogs.css'

const USUAL_CELL_M = 250

/** Lays square blocks of responsibility over all lines, in one recorded step. */
export function BlockGridDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('ledger')
  const columns = useStore(projectStore, state => state.columns)
  const blocks = useStore(projectStore, state => state.context?.blocks ?? null)
  const isChanging = useStore(ledgerStore, state => state.isChanging)
  const [cellM, setCellM] = useState(USUAL_CELL_M)
  const [responsible, setResponsible] = useState('')
  const [why, setWhy] = useState('')
  const grid = useMemo(() => (columns ? gridBlocks(columns, cellM, blocks ?? []) : []), [columns, cellM, blocks])
  const submit = () => {
    if (grid) void addBlocks(grid.map(block => ({ ...block, responsible: responsible.trim() })), { who: sessionStore.getState().person.trim(), why: why.trim() }).then(isMade => isMade && onClose())
  }
  return (
    <Dialog
      title={t('grid.title')} closeLabel={t('common:close')} onClose={onClose} width={540}
      footer={<>
        <span className="bulk__preview soft" role="status">{grid ? t('grid.cells', { count: grid.length, shown: count(grid.length) }) : t('grid.tooMany', { most: count(MOST_GRID_CELLS) })}</span>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button look="primary" disabled={!grid || grid.length === 0 || isChanging} onClick={submit}>{t('grid.lay')}</Button>
      </>}
    >
      <div className="form">
        <p className="soft">{t('grid.text')}</p>
        <Field label={t('grid.cell')}><NumberInput data-autofocus aria-label={t('grid.cell')} value={cellM} decimals={0} min={10} max={100_000} unit="m" onCommit={setCellM} /></Field>
        <Field label={t('block.responsible')}><input className="input" value={responsible} maxLength={200} placeholder={t('block.responsibleHint')} onChange={event => setResponsible(event.target.value)} /></Field>
        <SignedFields why={why} onWhy={setWhy} />
      </div>
    </Dialog>
  )
}
