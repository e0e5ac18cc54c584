import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useAction } from '../actions/use-action.ts'
import { Button, IconButton } from '../ui/button.tsx'

interface ActionButtonProps {
  readonly id: string
  readonly icon: ReactNode
  /** Only the icon, with the label in the tip. */
  readonly iconOnly?: boolean
  readonly look?: 'plain' | 'primary' | 'quiet'
  readonly pressed?: boolean
  /** What exactly it would do now, behind its label: what would be undone. */
  readonly detail?: string | undefined
}

/** A button for an action of the app: its label, key and whether it can run come from the action. */
export function ActionButton({ id, icon, iconOnly = false, look = 'quiet', detail, ...rest }: ActionButtonProps) {
  const { t } = useTranslation()
  const { action, isEnabled } = useAction(id)
  const common = { icon, disabled: !isEnabled, onClick: () => void action.run(), ...rest }
  return iconOnly
    ? <IconButton label={detail === undefined ? t(action.labelKey) : t('app:actionDetail', { action: t(action.labelKey), detail })} shortcut={action.shortcut} {...common} />
    : <Button look={look} aria-keyshortcuts={action.shortcut?.replace('Mod', 'Control')} {...common}>{t(`app:short.${id}`, { defaultValue: t(action.labelKey) })}</Button>
}
