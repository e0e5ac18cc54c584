import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { refusalWords } from '#shared/report/refusal-words.ts'
import { dismissToast, jobsStore, type Toast } from '../state/app/jobs-store.ts'
import { IconButton } from '../ui/button.tsx'
import './toasts.css'

const ICONS = { info: Info, success: CircleCheck, warning: TriangleAlert, error: CircleAlert } as const
const SHOWN_MS = 5000

/** Short notes at the lower right; errors stay until they are dismissed. */
export function Toasts() {
  const { t } = useTranslation('app')
  const toasts = useStore(jobsStore, state => state.toasts)
  return <ol className="toasts" aria-label={t('toasts')}>{toasts.map(toast => <ToastRow key={toast.id} toast={toast} />)}</ol>
}

function ToastRow({ toast }: { readonly toast: Toast }) {
  const { t } = useTranslation()
  useEffect(() => {
    if (toast.sticky) return
    const timer = setTimeout(() => dismissToast(toast.id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [toast])
  const Icon = ICONS[toast.tone]
  return (
    <li className={`toast toast--${toast.tone}`} role={toast.sticky ? 'alert' : 'status'}>
      <Icon size={16} />
      <span className="selectable">{t(toast.key, { ...toast.params, ...(toast.refusal && { why: refusalWords(t, toast.refusal) }) })}</span>
      <IconButton size="small" label={t('common:close')} icon={<X size={14} />} onClick={() => dismissToast(toast.id)} />
    </li>
  )
}
