import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Tip } from './tip.tsx'
import './controls.css'

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'title'> {
  readonly look?: 'plain' | 'primary' | 'danger' | 'quiet'
  readonly icon?: ReactNode
  readonly pressed?: boolean
  /** Shown on hover and focus, where the label alone does not say it all. */
  readonly tip?: ReactNode
}

/** A button with a label; `pressed` makes it a toggle. */
export function Button({ look = 'plain', icon, pressed, tip, className = '', children, ...rest }: ButtonProps) {
  const button = (
    <button type="button" aria-pressed={pressed} className={`button button--${look} ${className}`} {...rest}>
      {icon}
      {children !== undefined && <span className="truncate">{children}</span>}
    </button>
  )
  return tip === undefined ? button : <Tip text={tip}>{button}</Tip>
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'title'> {
  readonly label: string
  readonly icon: ReactNode
  readonly pressed?: boolean
  readonly shortcut?: string | undefined
  readonly size?: 'small' | 'normal'
}

/** A button that shows only an icon: its name is in the tip and for screen readers. */
export function IconButton({ label, icon, pressed, shortcut, size = 'normal', className = '', ...rest }: IconButtonProps) {
  return (
    <Tip text={label} shortcut={shortcut}>
      <button type="button" aria-label={label} aria-pressed={pressed} className={`icon-button icon-button--${size} ${className}`} {...rest}>
        {icon}
      </button>
    </Tip>
  )
}
