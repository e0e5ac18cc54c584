import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/dialog.tsx'
import './dialogs.css'

/** What the sample city is and is not. */
export function AboutDataDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('app')
  return (
    <Dialog title={t('dialog.aboutData.title')} closeLabel={t('common:close')} onClose={onClose} width={520}>
      <div className="about-data selectable">{t('sample:about')}</div>
    </Dialog>
  )
}
