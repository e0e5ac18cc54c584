import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { schemeFigures, type SchemeFigures } from '#shared/review/scheme-figures.ts'
import { checkAside } from '../actions/check-actions.ts'
import { figure } from '../i18n/format.ts'
import { findingsStore, resultOf } from '../state/findings-store.ts'
import { projectStore } from '../state/project-store.ts'
import { scenarioStore } from '../state/scenario-store.ts'

/** Two schemes against each other: a few figures here, the swipe in the picture behind. */
export function CompareSlide({ id, otherId }: { readonly id: string; readonly otherId: string }) {
  const { t } = useTranslation('meeting')
  const [own, other] = [useScheme(id), useScheme(otherId)]
  if (!own || !other) return <h1>{t('gone')}</h1>
  const row = (label: string, of: (scheme: NonNullable<typeof own>) => number | null, unit = '') => {
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

interface ComparedScheme {
  readonly name: string
  readonly figures: SchemeFigures
  /** Null while its check is not known. */
  count(what: 'certain' | 'possible' | 'advisory'): number | null
}

function useScheme(id: string): ComparedScheme | null {
  const info = useStore(projectStore, state => state.info)
  const ground = useStore(projectStore, state => state.context?.ground ?? null)
  const document = useStore(scenarioStore, state => state.byId[id]?.document ?? null)
  const result = useStore(findingsStore, state => resultOf(state, id, 'proposals'))
  useEffect(() => void checkAside(id), [id])
  return useMemo(() => {
    if (!document || !info) return null
    const findings = result?.findings.filter(({ rule }) => rule !== 'touching') ?? null
    const kindOf = ({ mandatory, verdict }: { readonly mandatory: boolean; readonly verdict: string }) => (!mandatory ? 'advisory' : verdict === 'certain' ? 'certain' : 'possible')
    return { name: document.name, figures: schemeFigures(document, ground, info.origin), count: what => findings && findings.filter(finding => kindOf(finding) === what).length }
  }, [document, info, ground, result])
}
