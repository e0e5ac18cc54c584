import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { LIFELINE_HAZARDS } from '#shared/hazards/analysis/lifeline-method.ts'
import { lifelineSettings } from '#shared/hazards/lifeline/lifeline-settings.ts'
import { host, refusalOf } from '../actions/host.ts'
import { figure } from '../i18n/format.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { registerStore } from '../state/twin/register-store.ts'
import { scenarioStore } from '../state/scheme/scenario-store.ts'
import { viewStore } from '../state/view/view-store.ts'
import { Button } from '../ui/button.tsx'
import type { AnalysisResult } from '../state/findings/analysis-store.ts'

interface CompareLifelineProps {
  readonly baseId: string
  readonly otherId: string
}

/** Twins with more lines than this are screened when asked for, not at once. */
const AT_ONCE = 50_000

type Outcome = AnalysisResult['outcome']

/** The four hazards as they are and with either scheme: counts, and how many things each adds or makes worse. */
export function CompareLifeline({ baseId, otherId }: CompareLifelineProps) {
  const { t } = useTranslation('planning')
  const lines = useStore(projectStore, state => state.columns?.count ?? 0)
  const [isAsked, setAsked] = useState(lines <= AT_ONCE)
  const answers = [useLifeline(baseId, isAsked), useLifeline(otherId, isAsked)]
  const [base, other] = answers.map(outcomeIn) as [Outcome | null, Outcome | null]
  const refusal = answers.find(isRefusal)?.refusal
  const nameOf = (id: string) => scenarioStore.getState().byId[id]?.document.name ?? id
  if (lines === 0) return null
  if (!isAsked) return <Button onClick={() => setAsked(true)}>{t('app:action.check.runLifeline')}</Button>
  return (
    <>
      <h3>{t('lifeline.title')}</h3>
      <table className="planning-table compare__figures" aria-busy={answers.includes(null)}>
        <thead><tr><th>{t('lifeline.hazard')}</th><th>{t('lifeline.now')}</th><th>{nameOf(baseId)}</th><th>{nameOf(otherId)}</th><th>{t('compare.difference')}</th></tr></thead>
        <tbody>
          {LIFELINE_HAZARDS.map(hazard => {
            const now = figureOf(base ?? other, hazard)
            const [a, b] = [base, other].map(outcome => (outcome ? (figureOf(outcome, hazard) ?? 0) + (figureOf(outcome, `${hazard}_change`) ?? 0) : null)) as [number | null, number | null]
            return <Row key={hazard} name={t(`analyses:figure.lifeline.${hazard}`)} now={now} a={a} b={b} />
          })}
          <Row name={t('lifeline.added')} now={null} a={base && addedIn(base)} b={other && addedIn(other)} />
        </tbody>
      </table>
      {/* Why there are dashes. */}
      {answers.includes(null) && <p className="soft small" role="status">{t('lifeline.running')}</p>}
      {refusal && <p className="form__problem" role="alert">{t(`errors:${refusal.code}`, refusal.details)}</p>}
      <p className="soft small">{t('analyses:screeningTip')}</p>
    </>
  )
}

function Row({ name, now, a, b }: { readonly name: string; readonly now: number | null; readonly a: number | null; readonly b: number | null }) {
  const shown = (value: number | null) => (value === null ? '–' : figure(value, 0))
  const by = a === null || b === null ? null : b - a
  const tone = by === null || by === 0 ? '' : by < 0 ? 'compare__better' : 'compare__worse'
  return <tr><td>{name}</td><td>{shown(now)}</td><td>{shown(a)}</td><td>{shown(b)}</td><td className={tone}>{by === null ? '–' : `${by > 0 ? '+' : ''}${figure(by, 0)}`}</td></tr>
}

const figureOf = (outcome: Outcome | null, id: string): number | null => {
  const value = outcome?.figures.find(one => one.id === id)?.value
  return typeof value === 'number' ? value : null
}

const addedIn = ({ tables }: Outcome): number => tables.find(({ id }) => id === 'added')?.total ?? 0

type Answer = { readonly outcome: Outcome } | { readonly refusal: ReturnType<typeof refusalOf> }

const isRefusal = (answer: Answer | null): answer is Extract<Answer, { refusal: unknown }> => answer !== null && 'refusal' in answer
const outcomeIn = (answer: Answer | null): Outcome | null => (answer !== null && 'outcome' in answer ? answer.outcome : null)

/** The lifeline of a scheme as it is now, or why there is none; null until that is known. */
function useLifeline(scenarioId: string, isWanted: boolean): Answer | null {
  const twinHash = useStore(projectStore, state => state.info?.twinHash)
  const revision = useStore(scenarioStore, state => state.byId[scenarioId]?.revision)
  const [known, setKnown] = useState<{ readonly key: string; readonly answer: Answer } | null>(null)
  const settings = useStore(registerStore, state => lifelineSettings(Object.values(state.lifeline)))
  const key = `${scenarioId} ${revision ?? ''} ${twinHash ?? ''} ${JSON.stringify(settings)}`
  useEffect(() => {
    if (!isWanted) return
    const run = new AbortController()
    host().call('analysis.run', { scenarioId, parameters: { method: 'lifeline', ...settings }, language: viewStore.getState().language }, { signal: run.signal })
      .then(result => setKnown({ key, answer: { outcome: result.outcome } }), (cause: unknown) => {
        if (!run.signal.aborted) setKnown({ key, answer: { refusal: refusalOf(cause) } })
      })
    return () => run.abort()
  }, [scenarioId, isWanted, key, settings])
  return known?.key === key ? known.answer : null
}
