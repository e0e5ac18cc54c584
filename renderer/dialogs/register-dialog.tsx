import { Printer, ShieldCheck } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { reopeningOf } from '#shared/review/standing.ts'
import { makePaper } from '../actions/files/paper-actions.ts'
import { openFinding, shownResult } from '../actions/check/finding-actions.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { registerStore } from '../state/twin/register-store.ts'
import { activeScenario, scenarioStore } from '../state/scheme/scenario-store.ts'
import { standingContext } from '../state/findings/standings.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { EmptyState } from '../ui/display.tsx'
import './dialogs.css'

/** The register of exceptions: what was accepted, why, by whom, until when, and whether it still holds. */
export function RegisterDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('review')
  const records = useStore(registerStore, state => state.findingStates)
  const project = useStore(projectStore)
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const rows = useMemo(() => {
    const context = standingContext({ project, document })
    return Object.values(records).filter(({ body }) => body.exception && (body.scenarioId === null || body.scenarioId === document?.id)).map(({ id, body }) => ({
      id, body, exception: body.exception!,
      holds: body.status !== 'accepted' ? t('exception.withdrawn') : reopeningWords(reopeningOf(body.seen, body, context)),
    }))
    function reopeningWords(why: ReturnType<typeof reopeningOf>) {
      return why === null ? t('exception.holds') : t(`reopened.${why}`)
    }
  }, [records, project, document, t])
  const go = (findingId: string) => {
    if (!shownResult()?.findings.some(({ id }) => id === findingId)) return
    onClose()
    openFinding(findingId)
  }
  return (
    <Dialog
      title={t('exception.register')} closeLabel={t('common:close')} onClose={onClose} width={900}
      footer={<>
        <Button icon={<Printer size={14} />} disabled={rows.length === 0} onClick={() => void makePaper({ paper: 'exceptions', form: 'pdf' })}>{t('exception.printPdf')}</Button>
        <Button look="primary" onClick={onClose}>{t('common:close')}</Button>
      </>}
    >
      {rows.length === 0 ? <EmptyState icon={<ShieldCheck size={24} />} title={t('exception.none.title')} text={t('exception.none.text')} /> : (
        <div className="register-table"><table>
          <thead><tr>{['finding', 'reason', 'measure', 'person', 'expires', 'state'].map(name => <th key={name}>{t(`exception.${name}`)}</th>)}</tr></thead>
          <tbody>{rows.map(({ id, body, exception, holds }) => (
            <tr key={id}>
              <td><button type="button" className="button--link" onClick={() => go(body.findingId)}>{t(`findings:rule.${body.seen.rule}`)} {body.seen.a[0]} {body.seen.b[0] ?? ''}</button></td>
              <td>{exception.reason}</td><td>{exception.measure}</td><td>{exception.person}<br /><span className="faint">{exception.date}</span></td><td>{exception.expires}</td><td>{holds}</td>
            </tr>
          ))}</tbody>
        </table></div>
      )}
    </Dialog>
  )
}
