import { Circle, CircleCheck, CircleDashed, CircleDot, ShieldCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { FindingStatus } from '#shared/register/finding-state.ts'

const ICONS = { new: CircleDashed, active: CircleDot, reviewed: Circle, accepted: ShieldCheck, resolved: CircleCheck } as const

/** How far a finding has come: a shape and a word. */
export function StatusMark({ status }: { readonly status: FindingStatus }) {
  const { t } = useTranslation('review')
  const Icon = ICONS[status]
  return <span className="status-mark"><Icon size={12} aria-hidden />{t(`status.${status}`)}</span>
}
