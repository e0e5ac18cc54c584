import { useStore } from 'zustand'
import { AboutDataDialog } from '../dialogs/about-data-dialog.tsx'
import { AboutDialog } from '../dialogs/about-dialog.tsx'
import { ExceptionDialog } from '../dialogs/exception-dialog.tsx'
import { CompareDialog } from '../dialogs/compare-dialog.tsx'
import { ImportDialog } from '../dialogs/import/import-dialog.tsx'
import { BlockDialog } from '../dialogs/ledger/block-dialog.tsx'
import { BlockGridDialog } from '../dialogs/ledger/block-grid-dialog.tsx'
import { BulkEditDialog } from '../dialogs/ledger/bulk-edit-dialog.tsx'
import { CheckJobsDialog } from '../dialogs/ledger/check-jobs-dialog.tsx'
import { FillLevelsDialog } from '../dialogs/ledger/fill-levels-dialog.tsx'
import { IgnoreRulesDialog } from '../dialogs/ledger/ignore-rules-dialog.tsx'
import { MendDialog } from '../dialogs/ledger/mend-dialog.tsx'
import { TwinEditsDialog } from '../dialogs/ledger/twin-edits-dialog.tsx'
import { MethodsDialog } from '../dialogs/methods-dialog.tsx'
import { OwnersDialog } from '../dialogs/owners/owners-dialog.tsx'
import { OpenDialog } from '../dialogs/open-dialog.tsx'
import { PacksDialog } from '../dialogs/packs/packs-dialog.tsx'
import { Palette } from '../dialogs/palette.tsx'
import { ExportDialog } from '../dialogs/export-dialog.tsx'
import { PapersDialog } from '../dialogs/papers-dialog.tsx'
import { RegisterDialog } from '../dialogs/register-dialog.tsx'
import { SaveAsDialog } from '../dialogs/save-as-dialog.tsx'
import { SaveDialog } from '../dialogs/save-dialog.tsx'
import { DeleteScenarioDialog, NewScenarioDialog, RenameScenarioDialog } from '../dialogs/scenario-dialogs.tsx'
import { ShortcutsDialog } from '../dialogs/shortcuts-dialog.tsx'
import { StageDialog } from '../dialogs/stage/stage-dialog.tsx'
import { SurveyDialog } from '../dialogs/survey/survey-dialog.tsx'
import { hostStore } from '../state/app/host-store.ts'
import { sessionStore } from '../state/app/session-store.ts'

/** The one dialog that is open, if any. */
export function Dialogs() {
  const dialog = useStore(sessionStore, state => state.dialog)
  const nativePicker = useStore(hostStore, state => state.info?.capabilities.nativePicker === true)
  // A dialog that a dialog opens must not be closed by the one it replaces.
  const close = () => sessionStore.setState(state => (state.dialog === dialog ? { dialog: null } : {}))
  switch (dialog?.type) {
    case undefined: return null
    case 'open': return <OpenDialog onClose={close} />
    case 'saveAs': return <SaveAsDialog intent={dialog.intent} onClose={close} />
    case 'save': return <SaveDialog onClose={close} />
    case 'import': return <ImportDialog nativePicker={nativePicker} asBuilt={dialog.asBuilt ?? null} onClose={close} />
    case 'survey': return <SurveyDialog survey={dialog.survey} asBuilt={dialog.asBuilt} options={dialog.options} onClose={close} />
    case 'about': return <AboutDialog onClose={close} />
    case 'methods': return <MethodsDialog onClose={close} />
    case 'aboutData': return <AboutDataDialog onClose={close} />
    case 'exception': return <ExceptionDialog findingId={dialog.findingId} onClose={close} />
    case 'exceptions': return <RegisterDialog onClose={close} />
    case 'export': return <ExportDialog onClose={close} />
    case 'papers': return <PapersDialog paper={dialog.paper} onClose={close} />
    case 'schemeStage': return <StageDialog id={dialog.id} onClose={close} />
    case 'packs': return <PacksDialog onClose={close} />
    case 'bulkEdit': return <BulkEditDialog assets={dialog.assets} onClose={close} />
    case 'fillLevels': return <FillLevelsDialog assets={dialog.assets} onClose={close} />
    case 'mendFlaws': return <MendDialog fixes={dialog.fixes} onClose={close} />
    case 'blockGrid': return <BlockGridDialog onClose={close} />
    case 'block': return <BlockDialog id={dialog.id} ring={dialog.ring} onClose={close} />
    case 'twinEdits': return <TwinEditsDialog onClose={close} />
    case 'checkJobs': return <CheckJobsDialog onClose={close} />
    case 'ignoreRules': return <IgnoreRulesDialog onClose={close} />
    case 'owners': return <OwnersDialog onClose={close} />
    case 'compare': return <CompareDialog onClose={close} />
    case 'shortcuts': return <ShortcutsDialog onClose={close} />
    case 'palette': return <Palette onClose={close} />
    case 'newScenario': return <NewScenarioDialog copyFrom={dialog.copyFrom} onClose={close} />
    case 'renameScenario': return <RenameScenarioDialog id={dialog.id} onClose={close} />
    case 'deleteScenario': return <DeleteScenarioDialog id={dialog.id} onClose={close} />
  }
}
