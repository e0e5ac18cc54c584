import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { CallOutput } from '#shared/contract/contract.ts'
import { LEFT_REASONS, type LevelMethod } from '#shared/ledger/levels/fill-levels.ts'
import { fillLevelsOf, previewLevels } from '../../actions/scheme/level-actions.ts'
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

const METHODS = ['between', 'cover'] as const
const FIRST_COVER_M = 1

/** Fills levels nobody surveyed by a named method; how many lines it reaches is said before, and why not the others. */
export function FillLevelsDialog({ assets, onClose }: { readonly assets: Uint32Array; readonly onClose: () => void }) {
  const { t } = useTranslation('ledger')
  const [type, setType] = useState<LevelMethod['type']>('between')
  const [coverM, setCoverM] = useState(FIRST_COVER_M)
  const [why, setWhy] = useState('')
  const isChanging = useStore(ledgerStore, state => state.isChanging)
  const fill = useMemo(() => ({ assets, method: type === 'cover' ? { type, coverM } : { type } }), [assets, type, coverM])
  const preview = usePreview(fill)
  const submit = () => void fillLevelsOf(fill, { who: sessionStore.getState().person.trim(), why: why.trim() }).then(isMade => isMade && onClose())
  const changes = preview?.changes ?? 0
  return (
    <Dialog
      title={t('levels.title')} closeLabel={t('common:close')} onClose={onClose} width={540}
      footer={<>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button look="primary" disabled={changes === 0 || isChanging} onClick={submit}>{t('levels.commit', { count: changes, shown: count(changes) })}</Button>
      </>}
    >
      <div className="form">
        <p className="soft">{t('levels.text')}</p>
        <p className="small">{t('levels.scope', { shown: count(assets.length) })}</p>
        <fieldset className="fill-levels" aria-label={t('levels.method')}>
          {METHODS.map(method => (
            <label key={method} className="check-row fill-levels__method">
              <input type="radio" name="level-method" checked={type === method} onChange={() => setType(method)} />
              <span>{t(`levels.${method}`)}<span className="mend__note">{t(`levels.${method}Text`)}</span></span>
            </label>
          ))}
        </fieldset>
        {type === 'cover' && <Field label={t('levels.coverM')}><NumberInput aria-label={t('levels.coverM')} value={coverM} decimals={2} min={0} max={50} unit="m" onCommit={setCoverM} /></Field>}
        <div className="fill-levels__preview" role="status">
          {preview === null ? <span className="soft">{t('levels.counting')}</span> : <>
            <b>{t('levels.changes', { count: preview.changes, shown: count(preview.changes) })}</b>
            {LEFT_REASONS.filter(reason => preview.left[reason] > 0).map(reason => <span key={reason} className="soft small">{t(`levels.${reason}`, { shown: count(preview.left[reason]) })}</span>)}
          </>}
        </div>
        <SignedFields why={why} onWhy={setWhy} />
      </div>
    </Dialog>
  )
}

function usePreview(fill: Parameters<typeof previewLevels>[0]): CallOutput<'ledger.previewLevels'> | null {
  const twinHash = useStore(projectStore, state => state.info?.twinHash)
  const [known, setKnown] = useState<{ readonly fill: object; readonly answer: CallOutput<'ledger.previewLevels'> | null } | null>(null)
  useEffect(() => {
    const controller = new AbortController()
    void previewLevels(fill, controller.signal).then(answer => {
      if (!controller.signal.aborted) setKnown({ fill, answer })
    })
    return () => controller.abort()
  }, [fill, twinHash])
  return known?.fill === fill ? known.answer : null
}
