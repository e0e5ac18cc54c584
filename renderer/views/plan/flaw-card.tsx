import { ChevronLeft, ChevronRight, Wrench, X } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { fixOfFlaw } from '#shared/ledger/quality-fix.ts'
import { openFlaw } from '#renderer/actions/ledger/quality-actions.ts'
import { canEdit } from '#renderer/actions/scheme/scenario-actions.ts'
import { count } from '#renderer/i18n/format.ts'
import { assetIds } from '#renderer/state/twin/asset-facts.ts'
import { flawRow } from '#renderer/state/twin/flaw-row.ts'
import { projectStore } from '#renderer/state/twin/project-store.ts'
import { listedFlaws, qualityStore } from '#renderer/state/twin/quality-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { Button, IconButton } from '#renderer/ui/button.tsx'

/** The flaw that is looked at, over the map: what is wrong, of which line, its fix where there is a safe one, and on to the next. */
export function FlawCard() {
  const { t } = useTranslation('quality')
  const { result, filter, isListOpen, openFlaw: open } = useStore(qualityStore)
  const isReadOnly = useStore(projectStore, state => !canEdit() || state.columns !== result?.columns)
  const listed = useMemo(() => (result ? listedFlaws(result.report, filter) : []), [result, filter])
  if (!isListOpen || open === null || !result) return null
  const { report, columns } = result
  const row = flawRow(report, open, t)
  const fix = fixOfFlaw(report, open, columns)
  const at = listed.indexOf(open)
  const step = (by: number) => openFlaw(listed[(at + by + listed.length) % listed.length]!)
  return (
    <section className="map-flaw" aria-label={t('view.flaws')}>
      <header>
        <strong>{t(`flaw.${row.code}`)}</strong>
        <span className="soft">{t(`severity.${row.severity}`)}</span>
        <IconButton size="small" label={t('common:close')} icon={<X size={14} />} onClick={() => qualityStore.setState({ openFlaw: null })} />
      </header>
      <p>{assetIds(columns)[row.asset]}{row.other === null ? '' : ` · ${assetIds(columns)[row.other]!}`}</p>
      <p className="soft">{row.detail}</p>
      <footer>
        <IconButton size="small" label={t('previousFlaw')} disabled={listed.length < 2} icon={<ChevronLeft size={14} />} onClick={() => step(-1)} />
        <span className="soft">{t('flawOf', { at: count(at + 1), all: count(listed.length) })}</span>
        <IconButton size="small" label={t('nextFlaw')} disabled={listed.length < 2} icon={<ChevronRight size={14} />} onClick={() => step(1)} />
        {fix ? <Button icon={<Wrench size={14} />} disabled={isReadOnly} onClick={() => sessionStore.setState({ dialog: { type: 'mendFlaws', fixes: [fix] } })}>{t(`ledger:fixName.${fix.fix}`)}</Button> : <span className="faint">{t('ledger:mend.look')}</span>}
      </footer>
    </section>
  )
}
