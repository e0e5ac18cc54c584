import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { orderCamera } from '#renderer/state/view/view-store.ts'
import { Button } from '#renderer/ui/button.tsx'
import { sightStore } from './sight-store.ts'

/** The camera looks where no line is: says so, and leads back. */
export function NothingSeen() {
  const { t } = useTranslation('scene')
  const isNothingSeen = useStore(sightStore, sight => sight.isNothingSeen)
  if (!isNothingSeen) return null
  return (
    <div className="scene-nothing" role="status">
      <span>{t('nothingSeen.text')}</span>
      <Button look="primary" onClick={() => orderCamera({ type: 'fit' })}>{t('nothingSeen.back')}</Button>
    </div>
  )
}
