import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { FixName, QualityFix } from '#shared/ledger/quality-fix.ts'
import { mendFlaws } from '../../actions/ledger/ledger-actions.ts'
import { assessLedger } from '../../actions/ledger/quality-actions.ts'
import { count } from '../../i18n/format.ts'
import { ledgerStore } from '../../state/twin/ledger-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SignedFields } from './signed-fields.tsx'
import '../dialogs.css'
import './ledger-dialogs.css'

const FIXES: readonly FixName[] = ['remove_duplicate', 'read_as_mm', 'join_end', 'put_joint']

/** What would be mended, sort by sort, before it is: one step that can be taken back. */
export function MendDialog({ fixes, onClose }: { readonly fixes: readonly QualityFix[]; readonly onClose: () => void }) {
  const { t } = useTranslation('ledger')
  const [why, setWhy] = useState('')
  const [off, setOff] = useState<ReadonlySet<FixName>>(new Set())
  const isChanging = useStore(ledgerStore, state => state.isChanging)
  const chosen = fixes.filter(({ fix }) => !off.has(fix))
  const submit = () => {
    void mendFlaws(chosen, { who: sessionStore.getState().person.trim(), why: why.trim() }).then(isMade => {
      if (!isMade) return
      onClose()
      void assessLedger()
    })
  }
  const toggle = (fix: FixName) => {
    const next = new Set(off)
    if (!next.delete(fix)) next.add(fix)
    setOff(next)
  }
  return (
    <Dialog
      title={t('mend.title')} closeLabel={t('common:close')} onClose={onClose} width={560}
      footer={<>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button look="primary" disabled={chosen.length === 0 || isChanging} onClick={submit}>{t('mend.commit', { count: chosen.length, shown: count(chosen.length) })}</Button>
      </>}
    >
      <div className="form">
        <p className="soft">{t('mend.text')}</p>
        <ul className="mend">
          {FIXES.map(fix => ({ fix, n: fixes.filter(other => other.fix === fix).length })).filter(({ n }) => n > 0).map(({ fix, n }) => (
            <li key={fix}><label className="check-row"><input type="checkbox" checked={!off.has(fix)} onChange={() => toggle(fix)} /><span>{t(`mend.${fix}.title`, { count: n, shown: count(n) })}<span className="mend__note">{t(`mend.${fix}.text`)}</span></span></label></li>
          ))}
        </ul>
        <SignedFields why={why} onWhy={setWhy} />
      </div>
    </Dialog>
  )
}
