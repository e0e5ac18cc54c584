import { ArrowRight, CircleAlert, CircleCheck, Lock, Ruler, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { isLockedStage, NEXT_STAGES, SCHEME_STAGES, stepNeeds, type SchemeStage, type SchemeStep, type StepNeed } from '#shared/register/scheme-stage.ts'
import { signStep } from '../../actions/scheme/stage-actions.ts'
import { dateTime } from '../../i18n/format.ts'
import { findingsStore, resultOf } from '../../state/findings/findings-store.ts'
import { freshness } from '../../state/findings/freshness.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { openFindings, stageOf } from '../../state/scheme/scheme-stage.ts'
import { usePackName } from '../../state/findings/pack-name.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/fields.tsx'
import './stage.css'

/** How far a scheme has come, what it must show for the next step, and who signed what. */
export function StageDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useTranslation('stages')
  const scenario = useStore(scenarioStore, state => state.byId[id])
  const record = useStore(registerStore, state => state.schemeStages[id]?.body)
  const stage = useStore(registerStore, state => stageOf(state, id))
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  const [by, setBy] = useState('')
  const [note, setNote] = useState('')
  const unmet = useUnmet(id, note)
  const openMandatory = useOpenMandatory(id)
  if (!scenario) return null
  const sign = async (to: SchemeStage) => {
    if (await signStep(id, to, by.trim(), note.trim())) setNote('')
  }
  return (
    <Dialog title={t('title', { name: scenario.document.name })} closeLabel={t('common:close')} width={620} onClose={onClose}>
      <ol className="stages" aria-label={t('stage.label')}>
        {SCHEME_STAGES.map((step, i) => (
          <li key={step} className={step === stage ? 'stages__now' : i < SCHEME_STAGES.indexOf(stage) ? 'stages__done' : ''} aria-current={step === stage ? 'step' : undefined}>
            <span className="stages__dot">{i < SCHEME_STAGES.indexOf(stage) ? <CircleCheck size={14} /> : i + 1}</span>{t(`stage.${step}`)}
          </li>
        ))}
      </ol>
      {isLockedStage(stage) && <p className="soft stages__locked"><Lock size={14} />{t('locked')}</p>}
      {NEXT_STAGES[stage].length > 0 && !isReadOnly && (
        <div className="form">
          <div className="stages__sign">
            <Field label={t('by')}><input className="input" value={by} maxLength={200} data-autofocus onChange={event => setBy(event.target.value)} /></Field>
            <Field label={t('note')}><input className="input" value={note} maxLength={5000} onChange={event => setNote(event.target.value)} /></Field>
          </div>
          {NEXT_STAGES[stage].map(to => {
            const missing = unmet(stage, to)
            return (
              <div key={to} className="stages__step">
                <Button look={to === 'draft' ? 'plain' : 'primary'} icon={to === 'draft' ? <Undo2 size={14} /> : <ArrowRight size={14} />} disabled={missing.length > 0 || by.trim() === ''} onClick={() => void sign(to)}>{t(`step.${to}`)}</Button>
                <span className="stages__needs">
                  {stepNeeds(stage, to).map(need => (
                    <span key={need} className={missing.includes(need) ? 'is-warning' : 'is-good'}>{missing.includes(need) ? <CircleAlert size={14} /> : <CircleCheck size={14} />}{need === 'no_open_mandatory' && missing.includes(need) && openMandatory > 0 ? t('openMandatory', { count: openMandatory }) : t(`need.${need}`)}</span>
                  ))}
                </span>
              </div>
            )
          })}
        </div>
      )}
      {['approved', 'under_construction', 'as_built'].includes(stage) && !isReadOnly && (
        <div className="stages__built">
          <Button icon={<Ruler size={14} />} onClick={() => sessionStore.setState({ dialog: { type: 'import', asBuilt: id } })}>{t('survey:stage.open')}</Button>
          <span className="soft small">{t('survey:stage.text')}</span>
        </div>
      )}
      <StepList steps={record?.steps ?? []} />
    </Dialog>
  )
}

/** Mandatory findings of a scheme's last check that no exception covers. */
function useOpenMandatory(id: string): number {
  const document = useStore(scenarioStore, state => state.byId[id]?.document)
  const result = useStore(findingsStore, state => resultOf(state, id, 'proposals'))
  useStore(registerStore, state => state.findingStates)
  return result && document ? openFindings(result, document).openMandatory : 0
}

/** What a step still lacks. */
function useUnmet(id: string, note: string): (from: SchemeStage, to: SchemeStage) => readonly StepNeed[] {
  const project = useStore(projectStore)
  const scenario = useStore(scenarioStore, state => state.byId[id])
  const result = useStore(findingsStore, state => resultOf(state, id, 'proposals'))
  const openMandatory = useOpenMandatory(id)
  const isMet: Readonly<Record<StepNeed, boolean>> = {
    content: scenario !== undefined && Object.keys(scenario.document.proposals).length + Object.keys(scenario.document.excavations).length + Object.keys(scenario.document.removals).length > 0,
    fresh_check: freshness(result, project, scenario ?? null) === 'fresh',
    no_open_mandatory: result !== null && openMandatory === 0,
    reason: note.trim() !== '',
  }
  return (from, to) => stepNeeds(from, to).filter(need => !isMet[need])
}

function StepList({ steps }: { readonly steps: readonly SchemeStep[] }) {
  const { t } = useTranslation('stages')
  const language = useStore(viewStore, state => state.language)
  const packName = usePackName()
  if (steps.length === 0) return <p className="soft stages__history">{t('noSteps')}</p>
  return (
    <ul className="stages__history" aria-label={t('history')}>
      {steps.toReversed().map((step, i) => (
        <li key={i}>
          <b className="strong">{t(`stage.${step.from}`)} → {t(`stage.${step.to}`)}</b> · {step.by} · <span className="soft">{dateTime(step.at, language)}</span>
          {step.check && <div className="soft">{t('checked', { pack: packName(step.check.packId), version: step.check.packVersion, mandatory: step.check.mandatory, advisory: step.check.advisory, accepted: step.check.accepted })}</div>}
          {step.note && <div>{step.note}</div>}
        </li>
      ))}
    </ul>
  )
}
