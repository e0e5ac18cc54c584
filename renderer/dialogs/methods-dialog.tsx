import { useTranslation } from 'react-i18next'
import { METHODS_IN_ORDER, SCREENING_METHODS } from '#shared/hazards/analysis/outcome.ts'
import { MethodPassages } from '../panels/analyses/method-card.tsx'
import { Badge } from '../ui/display.tsx'
import { Dialog } from '../ui/dialog.tsx'
import './dialogs.css'

/** Every method of the analyses: what it answers, its source, formula and what it takes for granted. */
export function MethodsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('analyses')
  return (
    <Dialog title={t('methods.title')} closeLabel={t('common:close')} onClose={onClose} width={760}>
      <div className="about-data methods selectable">
        <p>{t('methods.text')}</p>
        {METHODS_IN_ORDER.map(method => (
          <section key={method}>
            <h3>{t(`method.${method}.title`)} {SCREENING_METHODS.has(method) && <Badge tone="warning">{t('screening')}</Badge>}</h3>
            <p>{t(`method.${method}.what`)}</p>
            <MethodPassages method={method} />
          </section>
        ))}
      </div>
    </Dialog>
  )
}
