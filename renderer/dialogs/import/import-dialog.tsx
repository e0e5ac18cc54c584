import { useEffect, useReducer, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { USUAL_SURVEY_OPTIONS, type SurveyOptions } from '#shared/ledger/survey/compare-survey.ts'
import { commitImport, compareSurvey, inspectFiles, pickImportTickets, tryImport, uploadFiles, type ImportOutcome } from '../../actions/files/import-actions.ts'
import { count } from '../../i18n/format.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FilesStep } from './files-step.tsx'
import { importReducer, importRequest, INITIAL_IMPORT } from './import-state.ts'
import { MappingStep } from './mapping-step.tsx'
import { ReviewStep } from './review-step.tsx'
import { SurveyChoice } from './survey-choice.tsx'
import './import.css'

interface ImportDialogProps {
  /** The host brings its own file picker; else files come through the page. */
  readonly nativePicker: boolean
  /** Tickets of files that were opened or dropped elsewhere: the wizard starts with them. */
  readonly tickets?: readonly string[]
  /** A scheme that was built: what is read is held against it, never added. */
  readonly asBuilt?: string | null
  readonly onClose: () => void
}

const STEPS = ['files', 'mapping', 'review'] as const

/** Files → how their fields become assets → what that gives, before anything is written. */
export function ImportDialog({ nativePicker, tickets, asBuilt = null, onClose }: ImportDialogProps) {
  const { t } = useTranslation('import-wizard')
  const [state, dispatch] = useReducer(importReducer, INITIAL_IMPORT)

  const whileBusy = async (work: () => Promise<void>) => {
    dispatch({ type: 'busy', isBusy: true })
    await work()
    dispatch({ type: 'busy', isBusy: false })
  }
  const inspect = (getTickets: () => Promise<readonly string[] | null>) =>
    whileBusy(async () => {
      const given = await getTickets()
      if (!given || given.length === 0) return
      const inspected = await inspectFiles([...given])
      if (inspected) dispatch({ type: 'inspected', files: inspected.files, crs: inspected.suggestedCrs })
    })
  useEffect(() => {
    if (tickets && tickets.length > 0) void inspect(() => Promise.resolve(tickets))
    // The wizard starts once, with what it was opened with.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  const request = importRequest(state)
  const review = () => whileBusy(async () => {
    const outcome = request && (await tryImport(request))
    if (outcome) dispatch({ type: 'tried', outcome })
  })
  const commit = () => whileBusy(async () => {
    if (request && (await commitImport(request))) onClose()
  })
  const hasTwin = useStore(projectStore, state => (state.columns?.count ?? 0) > 0)
  const [isUpdate, setUpdate] = useState(asBuilt !== null)
  const [options, setOptions] = useState<SurveyOptions>(asBuilt === null ? USUAL_SURVEY_OPTIONS : { ...USUAL_SURVEY_OPTIONS, searchM: 5 })
  const compare = () => whileBusy(async () => {
    if (request) await compareSurvey(request, asBuilt, options)
  })
  const { assets, nodes, proposals, surfaces, boreholes, alignments, blocks } = state.outcome ?? { assets: { total: 0 }, nodes: 0, proposals: 0, surfaces: 0, boreholes: 0, alignments: 0, blocks: 0 }
  const total = assets.total + nodes + proposals + surfaces + boreholes + alignments + blocks

  const footer = (
    <>
      <ol className="import-steps" aria-label={t('steps')}>
        {STEPS.map((step, i) => (
          <li key={step} aria-current={step === state.step ? 'step' : undefined}><span>{i + 1}</span>{t(`step.${step}`)}</li>
        ))}
      </ol>
      {state.step !== 'files' && (
        <Button disabled={state.isBusy} onClick={() => dispatch({ type: 'wentTo', step: state.step === 'review' ? 'mapping' : 'files' })}>{t('back')}</Button>
      )}
      {state.step === 'mapping' && <Button look="primary" disabled={state.isBusy || !request} onClick={() => void review()}>{t('toReview')}</Button>}
      {state.step === 'review' && isUpdate && <Button look="primary" disabled={state.isBusy || assets.total + nodes + proposals === 0} onClick={() => void compare()}>{t('survey:compare')}</Button>}
      {state.step === 'review' && !isUpdate && (
        <Button look="primary" disabled={state.isBusy || total === 0} onClick={() => void commit()}>{t('commit', { count: total, shown: count(total) })}</Button>
      )}
    </>
  )
  return (
    <Dialog title={asBuilt === null ? t('title') : t('survey:scheme.title')} closeLabel={t('close')} onClose={onClose} width={state.step === 'files' ? 560 : 1120} footer={footer}>
      {state.step === 'files' && (
        <FilesStep
          isBusy={state.isBusy}
          nativePicker={nativePicker}
          onPick={() => void inspect(pickImportTickets)}
          onFiles={files => void inspect(() => uploadFiles(files))}
        />
      )}
      {state.step === 'mapping' && <MappingStep state={state} dispatch={dispatch} />}
      {state.step === 'review' && state.outcome && <ReviewStep outcome={isUpdate ? withoutRenaming(state.outcome) : state.outcome} survey={hasTwin ? <SurveyChoice isAsBuilt={asBuilt !== null} isUpdate={isUpdate} options={options} onUpdate={setUpdate} onOptions={setOptions} /> : null} />}
    </Dialog>
  )
}

/** Names that the twin has already are what an update knows lines by: nothing is renamed. */
const withoutRenaming = (outcome: ImportOutcome): ImportOutcome => ({ ...outcome, issues: outcome.issues.filter(({ code }) => code !== 'duplicate_id') })
