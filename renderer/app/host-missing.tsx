import { Unplug } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'

/** The page is there but the program behind it is not: what that means and what to do. */
export function HostMissing() {
  const { t } = useTranslation('app')
  return (
    <div className="failure failure--app" role="alert">
      <Unplug size={24} />
      <h2>{t('failure.host.title')}</h2>
      <p className="soft">{t('failure.host.text')}</p>
      <div className="failure__actions"><Button look="primary" onClick={() => location.reload()}>{t('failure.host.again')}</Button></div>
    </div>
  )
}
