import { Scissors, Shuffle, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { divert, keepAfterAll, selectedAssets, setRemovalReason, takeOut } from '../../actions/scheme/removal-actions.ts'
import { selectAndFly } from '../../actions/viewing/selection-actions.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { removalsOf } from '../../state/scheme/removals.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/display.tsx'
import { TextInput } from '../../ui/fields.tsx'
import { HangingSection } from './hanging-section.tsx'

/** What the active scheme does with a line of the baseline: leaves it, takes it out, or diverts it. */
export function RemovalSection({ id }: { readonly id: string }) {
  const { t } = useTranslation('planning')
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  // Re-rendered with the selection, which says how many lines a click takes out.
  const count = useStore(sessionStore, () => selectedAssets().length)
  const removal = removalsOf(document).get(id)
  const diversion = removal?.replacedBy == null ? undefined : document?.proposals[removal.replacedBy]
  return (
    <>
      <Section title={document ? t('removal.title', { scheme: document.name }) : t('removal.titleNone')}>
        {removal && <p className="inspector__note"><Scissors size={14} />{diversion ? t('removal.replaced', { name: diversion.name || diversion.id }) : t('removal.out')}</p>}
        {removal && !diversion && <label className="form-row"><span>{t('removal.reason')}</span><TextInput aria-label={t('removal.reason')} value={removal.reason} maxLength={1000} disabled={isReadOnly} onCommit={reason => setRemovalReason(id, reason)} /></label>}
        <div className="line-edits">
          {diversion && <Button icon={<Shuffle size={14} />} onClick={() => selectAndFly(diversion.id)}>{t('removal.toDiversion')}</Button>}
          {removal && <Button icon={<Undo2 size={14} />} disabled={isReadOnly} onClick={() => keepAfterAll(id)}>{t('removal.keep')}</Button>}
          {!removal && <Button icon={<Scissors size={14} />} disabled={isReadOnly} onClick={() => void takeOut(selectedAssets())}>{count > 1 ? t('removal.takeOutMany', { count }) : t('removal.takeOut')}</Button>}
          {!diversion && <Button icon={<Shuffle size={14} />} disabled={isReadOnly} tip={t('removal.divertTip')} onClick={() => void divert(id)}>{t('removal.divert')}</Button>}
        </div>
      </Section>
      {removal && <HangingSection of={({ line }) => line === id} />}
    </>
  )
}
