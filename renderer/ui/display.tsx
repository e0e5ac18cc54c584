import type { CSSProperties, ReactNode } from 'react'
import './display.css'

export type Tone = 'neutral' | 'accent' | 'good' | 'warning' | 'danger'

export const Badge = ({ tone = 'neutral', icon, children }: { readonly tone?: Tone; readonly icon?: ReactNode; readonly children: ReactNode }) => (
  <span className={`badge badge--${tone}`}>{icon}{children}</span>
)

export const Swatch = ({ colour }: { readonly colour: string }) => <span className="swatch" style={{ background: colour }} />

interface EmptyStateProps {
  readonly icon: ReactNode
  readonly title: string
  readonly text?: string
  readonly children?: ReactNode
}

/** What an empty place says: what it is for and what to do next. */
export const EmptyState = ({ icon, title, text, children }: EmptyStateProps) => (
  <div className="empty">
    <div className="empty__icon">{icon}</div>
    <h3>{title}</h3>
    {text && <p className="soft">{text}</p>}
    {children && <div className="empty__actions">{children}</div>}
  </div>
)

/** A bar for work in progress; without a fraction it only says that work goes on. */
export function ProgressBar({ fraction, label }: { readonly fraction: number | null; readonly label: string }) {
  const fill: CSSProperties = fraction === null ? {} : { width: `${Math.round(100 * fraction)}%` }
  return (
    <div className={`progress ${fraction === null ? 'progress--unknown' : ''}`} role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={fraction === null ? undefined : Math.round(100 * fraction)}>
      <div className="progress__fill" style={fill} />
    </div>
  )
}

interface NoticeProps {
  readonly tone: 'info' | 'warning' | 'danger'
  readonly icon: ReactNode
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** A line across a panel that says something about all of it. */
export const Notice = ({ tone, icon, children, action }: NoticeProps) => (
  <div className={`notice notice--${tone}`} role={tone === 'info' ? 'status' : 'alert'}>
    {icon}
    <div className="notice__text">{children}</div>
    {action}
  </div>
)

/** Names and values in two columns that line up over all sections of a panel. */
export const Properties = ({ children }: { readonly children: ReactNode }) => <dl className="properties">{children}</dl>

export const Property = ({ name, children, mark }: { readonly name: string; readonly children: ReactNode; readonly mark?: ReactNode }) => (
  <div className="properties__row">
    <dt className="truncate" title={name}>{name}</dt>
    <dd className="selectable">{children}{mark}</dd>
  </div>
)

export const Section = ({ title, action, children }: { readonly title: string; readonly action?: ReactNode; readonly children: ReactNode }) => (
  <section className="section">
    <header className="section__head"><h3>{title}</h3>{action}</header>
    {children}
  </section>
)
