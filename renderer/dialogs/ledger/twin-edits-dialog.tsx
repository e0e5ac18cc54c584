import { Redo2, Undo2 } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { TwinEdit } from '#shared/ledger/twin-edit.ts'
import { canRedoTwin, canUndoTwin, loadTwinEdits, redoTwin, undoTwin } from '../../actions/ledger/ledger-actions.ts'
import { count, dateTime } from '../../i18n/format.ts'
import { ledgerStore, nextRedo, nextUndo } from '../../state/twin/ledger-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Badge } from '../../ui/display.tsx'
import { editWords } from '../../state/scheme/edit-words.ts'
import '../dialogs.css'
import './ledger-dialogs.css'

/** Every recorded change of the twin, newest first: what, who, when and why. The last one can be taken back. */
export function TwinEditsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('ledger')
  const ledger = useStore(ledgerStore)
  useEffect(() => void loadTwinEdits(), [])
  const [undo, redo] = [nextUndo(ledger), nextRedo(ledger)]
  return (
    <Dialog
      title={t('edits.title')} closeLabel={t('common:close')} onClose={onClose} width={720}
      footer={<>
        <Button icon={<Redo2 size={14} />} disabled={!canRedoTwin()} onClick={() => void redoTwin()}>{redo ? t('edits.redo', { what: t(`kind.${redo.kind}`) }) : t('edits.redoNone')}</Button>
        <Button icon={<Undo2 size={14} />} disabled={!canUndoTwin()} onClick={() => void undoTwin()}>{undo ? t('edits.undo', { what: t(`kind.${undo.kind}`) }) : t('edits.undoNone')}</Button>
      </>}
    >
      {ledger.edits.length === 0 ? <p className="soft">{t('edits.none')}</p> : (
        <ol className="edits">{ledger.edits.map(edit => <EditRow key={edit.id} edit={edit} />)}</ol>
      )}
    </Dialog>
  )
}

function EditRow({ edit }: { readonly edit: TwinEdit }) {
  const { t, i18n } = useTranslation('ledger')
  const { changed, added, removed } = edit.counts
  const counts = [changed > 0 && t('edits.changed', { count: changed, shown: count(changed) }), added > 0 && t('edits.added', { count: added, shown: count(added) }), removed > 0 && t('edits.removed', { count: removed, shown: count(removed) })]
  return (
    <li className={edit.state === 'done' ? '' : 'edits__off'}>
      <div className="edits__head">
        <span className="strong">{editWords(edit, t)}</span>
        {edit.state !== 'done' && <Badge>{t(`state.${edit.state}`)}</Badge>}
        <span className="edits__counts soft">{counts.filter(text => text !== false).join(' · ')}</span>
      </div>
      <div className="soft small">{dateTime(edit.at, i18n.language)} · {edit.who || t('nobody')}{edit.why && <> · {edit.why}</>}</div>
    </li>
  )
}
