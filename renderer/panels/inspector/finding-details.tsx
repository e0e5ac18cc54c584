import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { goToExcavation } from '../../actions/scheme/excavation-actions.ts'
import { selectAndFly } from '../../actions/viewing/selection-actions.ts'
import { figure, size } from '../../i18n/format.ts'
import { findingsStore, resultOf } from '../../state/findings/findings-store.ts'
import { kindColour } from '../../state/view/kind-colours.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { subjectOf } from '../../state/twin/subjects.ts'
import { useOwners } from '../../state/twin/use-responsibility.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Properties, Property, Section, Swatch } from '../../ui/display.tsx'
import { FindingWorkflow } from './finding-workflow.tsx'
import { BlockProperty } from './responsibility.tsx'
import { SeverityMark } from '../../ui/severity-mark.tsx'
import { againstWords, severityWords, sideWords } from '#shared/report/finding-words.ts'
import { reachOf } from '#shared/report/owner-reach.ts'
import { ruleFigure } from '#shared/report/rule-figure.ts'

/** The open finding in figures; each side leads to the line it names. */
export function FindingDetails({ id }: { readonly id: string }) {
  const { t } = useTranslation('findings')
  const scope = useStore(sessionStore, state => state.findingsScope)
  const activeId = useStore(scenarioStore, state => state.activeId)
  const result = useStore(findingsStore, state => resultOf(state, activeId, scope))
  const finding = result?.findings.find(row => row.id === id)
  const places = useMemo(() => (finding ? [finding.at.a, finding.at.b] : []), [finding])
  if (!finding) return null
  const { stretch } = finding
  return (<>
    <Section title={t('details.title')}>
      <Properties>
        <Property name={t('column.rule')}>{t(`rule.${finding.rule}`)}</Property>
        <Property name={t('column.severity')}><SeverityMark mandatory={finding.mandatory} verdict={finding.verdict} /> {severityWords(t, finding)}</Property>
        <Property name={t('column.required')}>{ruleFigure(finding.rule, finding.required)}</Property>
        <Property name={t('column.found')}>{ruleFigure(finding.rule, finding.found)}</Property>
        <Property name={t('column.shortfall')}>{finding.shortfall > 0 ? <b className="strong">{ruleFigure(finding.rule, finding.shortfall)}</b> : <span className="soft">{t('details.passes')}</span>}</Property>
        <Property name={t('column.clause')}>{finding.clause || '–'}</Property>
        <Property name={t('details.stretch')}>{t('details.chainages', { from: figure(stretch.fromChainageM, 2), to: figure(stretch.toChainageM, 2) })}</Property>
        <BlockProperty path={places} />
        {finding.a.map(side => <SideRow key={side} name={t('column.a')} id={side} />)}
        {finding.against || finding.b.length === 0
          ? <Property name={t('column.b')}>{finding.against?.sort === 'excavation' ? <button type="button" className="button--link finding-link" onClick={() => goToExcavation(finding.b[0] ?? '')}>{againstWords(t, finding, null)}</button> : againstWords(t, finding, null)}</Property>
          : finding.b.map(side => <SideRow key={side} name={t('column.b')} id={side} />)}
      </Properties>
    </Section>
    <FindingWorkflow key={finding.id} finding={finding} />
  </>)
}

function SideRow({ name, id }: { readonly name: string; readonly id: string }) {
  const { t } = useTranslation()
  const columns = useStore(projectStore, state => state.columns)
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const palette = useStore(viewStore, state => state.colours)
  const subject = subjectOf(id, columns, document)
  const owners = useOwners()
  return (
    <Property name={name}>
      {subject ? (
        <button type="button" className="button--link finding-link" onClick={() => selectAndFly(id)}>
          <Swatch colour={kindColour(subject.kind, palette)} /> {sideWords(t, [id], subject)} · {size(subject.section)}
          {subject.owner && <span className="faint"> · {owners.nameOf(subject.owner)}</span>}
        </button>
      ) : id}
      {subject && reachOf(owners.find(subject.owner), t).map(line => <div key={line} className="faint small">{line}</div>)}
    </Property>
  )
}
