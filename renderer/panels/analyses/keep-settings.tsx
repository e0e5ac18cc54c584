import { Check, Pin } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { formulaOf, lifelineSettings, lifelineSettingsSchema } from '#shared/hazards/lifeline/lifeline-settings.ts'
import { keepLifelineSettings } from '../../actions/check/lifeline-actions.ts'
import { canEdit } from '../../actions/scheme/scenario-actions.ts'
import { figure } from '../../i18n/format.ts'
import { analysisStore } from '../../state/findings/analysis-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button } from '../../ui/button.tsx'

/** Which storm and radius the project's findings, comparisons and reports go by, and a button that takes those of the form. */
export function KeepSettings() {
  const { t } = useTranslation('analyses')
  const language = useStore(viewStore, state => state.language)
  const kept = useStore(registerStore, state => lifelineSettings(Object.values(state.lifeline)))
  const draft = useStore(analysisStore, state => state.drafts.lifeline)
  const asked = lifelineSettingsSchema.safeParse(draft)
  const isSame = asked.success && asked.data.radiusM === kept.radiusM && asked.data.returnYears === kept.returnYears && formulaOf(asked.data).title.en === formulaOf(kept).title.en
  return (
    <section className="catchments" aria-label={t('kept.title')}>
      <p className="soft small">{t('kept.text', { storm: formulaOf(kept).title[language], years: figure(kept.returnYears, kept.returnYears % 1 === 0 ? 0 : 1), radius: figure(kept.radiusM, 1) })}</p>
      <Button look="quiet" icon={isSame ? <Check size={14} /> : <Pin size={14} />} disabled={!asked.success || isSame || !canEdit()} onClick={() => asked.success && void keepLifelineSettings(asked.data)}>{t(isSame ? 'kept.same' : 'kept.use')}</Button>
    </section>
  )
}
