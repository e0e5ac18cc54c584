import { Focus, GitCompareArrows, Milestone, Pickaxe, Presentation, Printer, Route, ShieldCheck, SkipForward, Spline, Wand2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { flyToScheme } from '../../actions/viewing/selection-actions.ts'
import { count as grouped, figure, metres } from '../../i18n/format.ts'
import { usePictureStands } from '../../state/view/picture-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { scenarioStore } from '../../state/scheme/scenario-store.ts'
import { stageOf } from '../../state/scheme/scheme-stage.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Properties, Property, Section } from '../../ui/display.tsx'
import { ActionButton } from '../action-button.tsx'
import { useSchemeStanding } from '../scheme-standing.ts'
import { SchemeVerdict } from '../scheme-verdict.tsx'
import { HangingSection } from './hanging-section.tsx'

/** Owners named; of more the rest is counted. */
const MOST_OWNERS = 6

/** The scheme worked on, where nothing else is selected: what it comes to, how it stands, and what would come next. Of a project just opened once its picture stands. */
export function SchemeDetails({ id }: { readonly id: string }) {
  return usePictureStands() && <SchemeOverview id={id} />
}

function SchemeOverview({ id }: { readonly id: string }) {
  const { t } = useTranslation('planning')
  const scenario = useStore(scenarioStore, state => state.byId[id] ?? null)
  const stage = useStore(registerStore, state => stageOf(state, id))
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  const standing = useSchemeStanding(id)
  if (!scenario || !standing) return null
  const { figures, owners, count } = standing
  const weights = (['certain', 'possible', 'advisory'] as const).flatMap(weight => (count(weight) === null ? [] : [{ weight, number: count(weight)! }]))
  const isEmpty = figures.lines + figures.excavations + figures.removals === 0
  return (
    <>
      <div className="inspector__title">
        <h2 className="selectable">{standing.name}<span className="inspector__subtitle">{t(`stages:stage.${stage}`)}</span></h2>
        <SchemeVerdict id={id} scenario={scenario} />
        {!isEmpty && <IconButton label={t('app:scenarios.show')} icon={<Focus size={16} />} onClick={() => flyToScheme(scenario.document)} />}
      </div>
      {scenario.document.description !== '' && <p className="section selectable inspector__description">{scenario.document.description}</p>}
      {isEmpty ? (
        <Section title={t('overview.start')}>
          <p className="soft">{t('overview.startText')}</p>
          <div className="inspector__actions">
            <ActionButton id="tools.newPipeline" icon={<Spline size={14} />} look="primary" />
            <ActionButton id="tools.findRoute" icon={<Route size={14} />} look="plain" />
            <ActionButton id="tools.newExcavation" icon={<Pickaxe size={14} />} look="plain" />
          </div>
        </Section>
      ) : (
        <>
          <Section title={t('overview.extent')}>
            <Properties>
              <Property name={t('compare.lines')}>{figures.lines}</Property>
              {figures.lines > 0 && <Property name={t('compare.length')}>{metres(figures.lengthM, 1)}</Property>}
              {figures.cover && <Property name={t('app:field.cover')}>{figure(figures.cover.minM, 2)} – {metres(figures.cover.maxM, 2)}</Property>}
              {figures.lines > 0 && <Property name={t('compare.trench')}>{grouped(figures.trenchM3)} m³</Property>}
              {figures.lines > 0 && <Property name={t('compare.cost')}>{figure(figures.costIndex, 0)}</Property>}
              {figures.excavations > 0 && <Property name={t('compare.excavations')}>{figures.excavations}</Property>}
              {figures.excavations > 0 && <Property name={t('compare.cut')}>{grouped(figures.cutM3)} m³</Property>}
              {figures.removals > 0 && <Property name={t('compare.removals')}>{figures.removals}</Property>}
            </Properties>
          </Section>
          <Section title={t('overview.conflicts')}>
            {standing.findings === null ? <p className="soft">{t('overview.unchecked')}</p> : (
              <Properties>
                {weights.map(({ weight, number }) => <Property key={weight} name={t(`overview.${weight}`)}>{number}</Property>)}
                {owners && owners.length > 0 && <Property name={t('overview.owners')}>{owners.slice(0, MOST_OWNERS).join(t('overview.join'))}{owners.length > MOST_OWNERS && t('overview.moreOwners', { count: owners.length - MOST_OWNERS })}</Property>}
              </Properties>
            )}
          </Section>
          <HangingSection of={() => true} />
          <Section title={t('overview.next')}>
            <div className="inspector__actions">
              {standing.findings === null && <ActionButton id="check.run" icon={<ShieldCheck size={14} />} look="primary" />}
              {weights.some(({ number }) => number > 0) && <ActionButton id="findings.next" icon={<SkipForward size={14} />} look="primary" />}
              {(count('certain') ?? 0) + (count('possible') ?? 0) > 0 && <ActionButton id="scheme.fix" icon={<Wand2 size={14} />} look="plain" />}
              <ActionButton id="scheme.compare" icon={<GitCompareArrows size={14} />} look="plain" />
              <ActionButton id="review.report" icon={<Printer size={14} />} look="plain" />
              <ActionButton id="review.meeting" icon={<Presentation size={14} />} look="plain" />
              <Button icon={<Milestone size={14} />} disabled={isReadOnly} onClick={() => sessionStore.setState({ dialog: { type: 'schemeStage', id } })}>{t('stages:menu')}</Button>
            </div>
          </Section>
        </>
      )}
      <p className="section faint small">{t('overview.pick')}</p>
    </>
  )
}
