import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { checkAside } from '../actions/check/check-actions.ts'
import { figure } from '../i18n/format.ts'
import { useSchemeStanding, type SchemeStanding } from '../panels/scheme-standing.ts'

/** Two schemes against each other: a few figures here, the swipe in the picture behind. */
export function CompareSlide({ id, otherId }: { readonly id: string; readonly otherId: string }) {
  const { t } = useTranslation('meeting')
  const [own, other] = [useSchemeStanding(id), useSchemeStanding(otherId)]
  useEffect(() => {
    for (const scheme of [id, otherId]) void checkAside(scheme)
  }, [id, otherId])
  if (!own || !other) return <h1>{t('gone')}</h1>
  const row = (label: string, of: (scheme: SchemeStanding) => number | null, unit = '') => {
    const [a, b] = [of(own), of(other)]
    const shown = (value: number | null) => (value === null ? '–' : `${figure(value, 0)}${unit}`)
    const better = a === null || b === null || Math.round(a) === Math.round(b) ? null : a < b ? 'a' : 'b'
    return <tr><th>{label}</th><td data-better={better === 'a' || undefined}>{shown(a)}</td><td data-better={better === 'b' || undefined}>{shown(b)}</td></tr>
  }
  return <>
    <p className="soft">{t('compare')}</p>
    <table className="meeting__compare">
      <thead><tr><th /><th>{own.name}</th><th>{other.name}</th></tr></thead>
      <tbody>
        {row(t('planning:compare.certain'), ({ count }) => count('certain'))}
        {row(t('planning:compare.possible'), ({ count }) => count('possible'))}
        {row(t('planning:compare.advisory'), ({ count }) => count('advisory'))}
        {row(t('planning:compare.length'), ({ figures }) => figures.lengthM, ' m')}
        {row(t('planning:compare.trench'), ({ figures }) => figures.trenchM3, ' m³')}
        {row(t('planning:compare.cost'), ({ figures }) => figures.costIndex)}
      </tbody>
    </table>
  </>
}
