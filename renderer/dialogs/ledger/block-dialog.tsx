import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { keepBlock, removeBlock } from '../../actions/ledger/block-actions.ts'
import { figure } from '../../i18n/format.ts'
import { ledgerStore } from '../../state/twin/ledger-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/fields.tsx'
import { SignedFields } from './signed-fields.tsx'
import '../dialogs.css'
import './ledger-dialogs.css'

interface BlockDialogProps {
  /** Null for a new one. */
  readonly id: string | null
  /** Project CRS; of a new one as it was drawn. */
  readonly ring: readonly (readonly [number, number])[] | null
  readonly onClose: () => void
}

const M2_PER_HA = 10_000

/** Name and responsible body of a block; a block that is there can be taken out. One recorded step each. */
export function BlockDialog({ id, ring: drawn, onClose }: BlockDialogProps) {
  const { t } = useTranslation('ledger')
  const known = useStore(projectStore, state => state.context?.blocks.find(block => block.id === id) ?? null)
  const others = useStore(projectStore, state => state.context?.blocks ?? null)
  const isChanging = useStore(ledgerStore, state => state.isChanging)
  const [name, setName] = useState(known?.name ?? '')
  const [responsible, setResponsible] = useState(known?.responsible ?? '')
  const [why, setWhy] = useState('')
  const ring = drawn ?? known?.ring ?? []
  const isTaken = others?.some(block => block.id !== id && block.name === name.trim()) ?? false
  const signed = () => ({ who: sessionStore.getState().person.trim(), why: why.trim() })
  const finish = (isMade: boolean) => {
    if (isMade) onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '' && !isTaken) void keepBlock({ id, name: name.trim(), responsible: responsible.trim(), ring }, signed()).then(finish)
  }
  return (
    <Dialog
      title={t(id === null ? 'block.newTitle' : 'block.title')} closeLabel={t('common:close')} onClose={onClose} width={540}
      footer={<>
        {id !== null && <Button disabled={isChanging} onClick={() => void removeBlock(id, signed()).then(finish)}>{t('block.remove')}</Button>}
        <span className="bulk__preview soft">{t('block.area', { ha: figure(ringAreaM2(ring) / M2_PER_HA, 2) })}</span>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button look="primary" type="submit" form="block" disabled={name.trim() === '' || isTaken || isChanging}>{t('block.keep')}</Button>
      </>}
    >
      <form id="block" className="form" onSubmit={submit}>
        <Field label={t('block.name')}><input className="input" data-autofocus value={name} maxLength={200} aria-invalid={isTaken} onChange={event => setName(event.target.value)} /></Field>
        {isTaken && <p className="form__problem" role="alert">{t('block.taken')}</p>}
        <Field label={t('block.responsible')}>
          <input className="input" value={responsible} maxLength={200} list="block-responsible" placeholder={t('block.responsibleHint')} onChange={event => setResponsible(event.target.value)} />
          <datalist id="block-responsible">{[...new Set(others?.map(block => block.responsible))].filter(word => word !== '').map(word => <option key={word} value={word} />)}</datalist>
        </Field>
        <SignedFields why={why} onWhy={setWhy} />
      </form>
    </Dialog>
  )
}

/** Of a simple ring, whichever way it turns. */
function ringAreaM2(ring: readonly (readonly [number, number])[]): number {
  const [ox, oy] = ring[0] ?? [0, 0]
  return Math.abs(ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length]!
    return sum + (x - ox) * (ny - oy) - (nx - ox) * (y - oy)
  }, 0)) / 2
}
