import { ArrowDown, ArrowUp, Check, Eye, EyeOff, GitMerge, Minus, Plus, SquareSplitHorizontal } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { checkAside } from '../actions/check/check-actions.ts'
import { mergeScheme, showGhost, swipeBetween } from '../actions/scheme/scheme-actions.ts'
import { switchScenario } from '../actions/scheme/scenario-actions.ts'
import type { ScenarioDocument } from '#shared/scenario/document.ts'
import { figure, metres } from '../i18n/format.ts'
import { planningStore } from '../state/scheme/planning-store.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { removalsOf } from '../state/scheme/removals.ts'
import { scenarioStore } from '../state/scheme/scenario-store.ts'
import { mergePlan, type MergeChoice } from '#shared/review/merge-schemes.ts'
import { changedConflicts, type ConflictChange, type SchemeFigures } from '#shared/review/scheme-figures.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, Select } from '../ui/fields.tsx'
import '../panels/lists.css'
import { useSchemeStanding, type SchemeStanding } from '../panels/scheme-standing.ts'
import { CompareLifeline } from './compare-lifeline.tsx'
import { MergeChoices } from './merge-choices.tsx'
import '../panels/planning/planning.css'
import './dialogs.css'

/** Two schemes side by side: figures with their difference, and what becomes of each conflict. */
export function CompareDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('planning')
  const { byId, order, activeId } = useStore(scenarioStore)
  const [baseId, setBase] = useState(activeId ?? order[0] ?? '')
  const [otherId, setOther] = useState(order.find(id => id !== (activeId ?? order[0])) ?? '')
  const ghostId = useStore(planningStore, state => state.ghostId)
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  useEffect(() => {
    for (const id of [baseId, otherId]) if (id !== '') void checkAside(id)
  }, [baseId, otherId])
  const [base, other] = [byId[baseId], byId[otherId]]
  const options = order.map(id => ({ value: id, label: byId[id]?.document.name ?? id }))
  const [choices, setChoices] = useState<Readonly<Record<string, MergeChoice>>>({})
  const merge = base && other ? mergePlan(base.document, other.document) : null
  const isNothing = !merge || merge.missing.length + merge.removals.length + merge.conflicts.filter(({ id, usual }) => (choices[id] ?? usual) !== 'keep').length === 0
  return (
    <Dialog
      title={t('compare.title')} closeLabel={t('common:close')} onClose={onClose} width={880}
      footer={other && base && <>
        <Button icon={ghostId === otherId ? <EyeOff size={14} /> : <Eye size={14} />} onClick={() => showGhost(ghostId === otherId ? null : otherId)}>{ghostId === otherId ? t('compare.unghost') : t('compare.ghost', { name: other.document.name })}</Button>
        <Button icon={<SquareSplitHorizontal size={14} />} onClick={() => { onClose(); void swipeBetween(baseId, otherId) }}>{t('compare.swipe')}</Button>
        <Button icon={<GitMerge size={14} />} disabled={isReadOnly || isNothing} onClick={() => { mergeScheme(baseId, otherId, choices); setChoices({}) }}>{t('compare.merge', { name: base.document.name })}</Button>
        <Button look="primary" onClick={() => { onClose(); void switchScenario(otherId) }}>{t('compare.open')}</Button>
      </>}
    >
      {!base || !other ? <p className="soft">{t('compare.needTwo')}</p> : (
        <div className="compare">
          <div className="compare__pick">
            <Field label={t('compare.base')} inline><Select value={baseId} onChange={id => { setBase(id); setChoices({}) }} options={options} /></Field>
            <Field label={t('compare.with')} inline><Select value={otherId} onChange={id => { setOther(id); setChoices({}) }} options={options} /></Field>
          </div>
          <Figures baseId={baseId} otherId={otherId} />
          <Removals base={base.document} other={other.document} />
          <CompareLifeline baseId={baseId} otherId={otherId} />
          <Conflicts baseId={baseId} otherId={otherId} />
          {merge && !isReadOnly && <MergeChoices plan={merge} baseName={base.document.name} otherName={other.document.name} choices={choices} onChoose={(id, choice) => setChoices(known => ({ ...known, [id]: choice }))} />}
        </div>
      )}
    </Dialog>
  )
}

interface Pair {
  readonly baseId: string
  readonly otherId: string
}

function Figures({ baseId, otherId }: Pair) {
  const { t } = useTranslation('planning')
  const [base, other] = [useSchemeStanding(baseId), useSchemeStanding(otherId)]
  if (!base || !other) return null
  const row = (label: string, of: (scheme: SchemeStanding) => number | null, decimals: number, unit = '', isLessBetter = true) => {
    const [a, b] = [of(base), of(other)]
    // Of the figures as they stand there: 54 and 60 differ by 6, whatever lies behind the digits.
    const rounded = (value: number) => Math.round(value * 10 ** decimals) / 10 ** decimals
    const by = a === null || b === null ? null : rounded(b) - rounded(a)
    const tone = by === null || Math.abs(by) < 10 ** -decimals / 2 ? '' : (by < 0) === isLessBetter ? 'compare__better' : 'compare__worse'
    const shown = (value: number | null): string => (value === null ? '–' : `${figure(value, decimals)}${unit}`)
    return <tr key={label}><td>{label}</td><td>{shown(a)}</td><td>{shown(b)}</td><td className={tone}>{by === null ? '–' : `${by > 0 ? '+' : ''}${figure(by, decimals)}${unit}`}</td></tr>
  }
  const cover = ({ cover: range }: SchemeFigures) => (range ? `${figure(range.minM, 2)} – ${figure(range.maxM, 2)} m` : '–')
  return (
    <table className="planning-table compare__figures">
      <thead><tr><th>{t('compare.figure')}</th><th>{base.name}</th><th>{other.name}</th><th>{t('compare.difference')}</th></tr></thead>
      <tbody>
        {row(t('compare.certain'), ({ count }) => count('certain'), 0)}
        {row(t('compare.possible'), ({ count }) => count('possible'), 0)}
        {row(t('compare.advisory'), ({ count }) => count('advisory'), 0)}
        {row(t('compare.lines'), scheme => scheme.figures.lines, 0)}
        {row(t('compare.length'), scheme => scheme.figures.lengthM, 1, ' m')}
        <tr><td>{t('compare.cover')}</td><td>{cover(base.figures)}</td><td>{cover(other.figures)}</td><td /></tr>
        {row(t('compare.trench'), scheme => scheme.figures.trenchM3, 0, ' m³')}
        {row(t('compare.cost'), scheme => scheme.figures.costIndex, 0)}
        {row(t('compare.owners'), scheme => scheme.owners?.length ?? null, 0)}
        {row(t('compare.excavations'), scheme => scheme.figures.excavations, 0)}
        {row(t('compare.cut'), scheme => scheme.figures.cutM3, 0, ' m³')}
        {row(t('compare.haul'), scheme => scheme.figures.haulM3, 0, ' m³')}
        {row(t('compare.removals'), scheme => scheme.figures.removals, 0)}
      </tbody>
    </table>
  )
}

/** What only one of the two takes out of the ground. */
function Removals({ base, other }: { readonly base: ScenarioDocument; readonly other: ScenarioDocument }) {
  const { t } = useTranslation('planning')
  const [ofBase, ofOther] = [removalsOf(base), removalsOf(other)]
  const list = ([ofBase, ofOther] as const).flatMap((own, k) => [...own].filter(([id]) => !(k === 0 ? ofOther : ofBase).has(id)).map(([id, { replacedBy }]) => ({ id, scheme: k === 0 ? base : other, replacedBy })))
  if (list.length === 0) return null
  return (
    <>
      <h3>{t('compare.removedOnly')}</h3>
      <ul className="compare__conflicts" tabIndex={0}>
        {list.map(({ id, scheme, replacedBy }) => (
          <li key={`${scheme.id} ${id}`}>
            <span className="struck-through">{id}</span><span className="truncate soft">{replacedBy === null ? t('removal.out') : t('removal.replaced', { name: scheme.proposals[replacedBy]?.name || replacedBy })}</span><span className="truncate">{scheme.name}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

const CHANGE_ICONS: Readonly<Record<ConflictChange, ReactNode>> = {
  new: <Plus size={12} />, worse: <ArrowUp size={12} />, better: <ArrowDown size={12} />, gone: <Check size={12} />, same: <Minus size={12} />,
}

function Conflicts({ baseId, otherId }: Pair) {
  const { t } = useTranslation('planning')
  const byId = useStore(scenarioStore, state => state.byId)
  const [base, other] = [useSchemeStanding(baseId), useSchemeStanding(otherId)]
  if (!base?.findings || !other?.findings) return <p className="soft">{t('compare.checkFirst')}</p>
  const changed = changedConflicts(base.findings, other.findings)
  /** What falls short only within the uncertainty has no figure as drawn. */
  const short = (by: number | null): string => (by === null ? '–' : by > 0 ? metres(by) : t('compare.possibly'))
  /** What is planned by its name in either scheme; what is there by its id. */
  const nameOf = (id = ''): string => [otherId, baseId].map(scheme => byId[scheme]?.document).flatMap(document => document?.proposals[id]?.name || document?.excavations[id]?.name || [])[0] ?? id
  if (changed.length === 0) return <p className="soft">{t('compare.none')}</p>
  return (
    <>
      <h3>{t('compare.changes', { name: other.name, base: base.name })}</h3>
      <p className="compare__unit soft small">{t('compare.shortBy')}</p>
      <ul className="compare__conflicts" tabIndex={0}>
        {changed.map(({ id, finding, change, base: was, other: is }) => (
          <li key={id}>
            <span className={`compare__change compare__change--${change}`}>{CHANGE_ICONS[change]}{t(`compare.${change}`)}</span>
            <span className="truncate">{t(`findings:rule.${finding.rule}`)} · {[nameOf(finding.a[0]), finding.b[0] === undefined ? t('theGround') : nameOf(finding.b[0])].join(' / ')}</span>
            <span>{short(was)} → {short(is)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
