import { AppWindow } from 'lucide-react'
import { useContext } from 'react'
import { useTranslation } from 'react-i18next'
import { openSecondWindow } from '../actions/meeting/second-window-actions.ts'
import type { SecondWindowId } from '../state/app/second-window-store.ts'
import { IconButton } from '../ui/button.tsx'
import { OverlayRoot } from '../ui/overlay-root.ts'

/** Shows a view in a window of its own; there it is already, and the button is left out. */
export function UndockButton({ id }: { readonly id: SecondWindowId }) {
  const { t } = useTranslation('app')
  const root = useContext(OverlayRoot)
  if (root && root.ownerDocument !== document) return null
  return <IconButton label={t('secondWindow.open')} icon={<AppWindow size={14} />} size="small" onClick={() => openSecondWindow(id)} />
}
