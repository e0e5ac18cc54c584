import { Merge, Unlink } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { HangingLine } from '#shared/routing/lines/hanging-lines.ts'
import { hangingNow, takeAlong } from '../../actions/scheme/removal-actions.ts'
import { selectAndFly } from '../../actions/viewing/selection-actions.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/display.tsx'

/** Rows in sight; of more the rest is counted. */
const MOST_ROWS = 12

/** House connections and mains that a removal or a diversion leaves joined to nothing, with the offer to lead them to the diversion. */
export function HangingSection({ of }: { readonly of: (line: HangingLine) => boolean }) {
  const { t } = useTranslation('planning')
  const columns = useStore(projectStore, state => state.columns)
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  const hanging = hangingNow(columns, document).filter(of)
  if (hanging.length === 0) return null
  const canLead = hanging.filter(({ diversion }) => diversion !== null)
  return (
    <Section title={t('hanging.title', { count: hanging.length })}>
      <p className="inspector__note"><Unlink size={14} />{t(canLead.length > 0 ? 'hanging.diverted' : 'hanging.removed')}</p>
      <ul className="hanging-lines">
        {hanging.slice(0, MOST_ROWS).map(({ asset, kind, end }) => (
          <li key={`${asset} ${end}`}><button type="button" className="finding-link" onClick={() => selectAndFly(asset)}>{t(`kinds:kind.${kind}`)} {asset}</button></li>
        ))}
        {hanging.length > MOST_ROWS && <li className="faint">{t('contents.more', { count: hanging.length - MOST_ROWS })}</li>}
      </ul>
      {canLead.length > 0 && <Button icon={<Merge size={14} />} disabled={isReadOnly} tip={t('hanging.takeAlongTip')} onClick={() => takeAlong(canLead)}>{t('hanging.takeAlong', { count: canLead.length })}</Button>}
    </Section>
  )
}
