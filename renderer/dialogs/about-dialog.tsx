import { Layers } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { hostStore } from '../state/app/host-store.ts'
import { Dialog } from '../ui/dialog.tsx'
import './dialogs.css'

export function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('app')
  const info = useStore(hostStore, state => state.info)
  return (
    <Dialog title={t('dialog.about.title')} closeLabel={t('common:close')} onClose={onClose} width={440}>
      <div className="about">
        <Layers size={32} />
        <div>
          <p className="strong">Underplan {info?.version}</p>
          <p className="soft">{t('dialog.about.text')}</p>
          <p className="soft">{t(`dialog.about.host.${info?.host ?? 'web'}`)}</p>
          <p className="faint small">{t('dialog.about.licence')}</p>
        </div>
      </div>
    </Dialog>
  )
}
