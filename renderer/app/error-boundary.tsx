import i18next from 'i18next'
import { TriangleAlert } from 'lucide-react'
import { Component, type ErrorInfo, type ReactNode } from 'react'
import { copyText } from '../actions/files/clipboard-actions.ts'
import { Button } from '../ui/button.tsx'

interface ErrorBoundaryProps {
  /** Fills the window, or only the panel it is in. */
  readonly scope: 'app' | 'panel'
  readonly children: ReactNode
}

/**
 * What a defect of ours looks like to the user: plain words and a way on. The trace is for a bug report: it is copied,
 * never shown. Every acknowledged edit is on the disk by then, so a reload loses nothing.
 */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly details: string | null }> {
  override state: { readonly details: string | null } = { details: null }

  static getDerivedStateFromError(error: unknown) {
    return { details: error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error) }
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    this.setState({ details: `${error.name}: ${error.message}\n${error.stack ?? ''}\n${info.componentStack ?? ''}` })
  }

  override render() {
    const { details } = this.state
    if (details === null) return this.props.children
    const { scope } = this.props
    return (
      <div className={`failure failure--${scope}`} role="alert">
        <TriangleAlert size={24} />
        <h2>{i18next.t(`app:failure.${scope}.title`)}</h2>
        <p className="soft">{i18next.t(`app:failure.${scope}.text`)}</p>
        <div className="failure__actions">
          <Button look="primary" onClick={() => (scope === 'app' ? location.reload() : this.setState({ details: null }))}>{i18next.t(`app:failure.${scope}.again`)}</Button>
          <Button onClick={() => void copyText(details, 'app:toast.detailsCopied')}>{i18next.t('app:failure.copy')}</Button>
        </div>
      </div>
    )
  }
}
