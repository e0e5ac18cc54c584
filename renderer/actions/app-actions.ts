import { analysisStore } from '../state/findings/analysis-store.ts'
import { projectStore } from '../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../state/scheme/scenario-store.ts'
import { sessionStore, type CutViewId, type DialogState, type WantedPanelId } from '../state/app/session-store.ts'
import { orderCamera, viewStore, type CameraOrder, type Clip } from '../state/view/view-store.ts'
import { showAnalysis } from './check/analysis-actions.ts'
import type { AppAction } from './action.ts'
import { meetingName, startMeeting } from './meeting/meeting-actions.ts'
import { checkLifeline, checkNetwork, checkScheme } from './check/check-actions.ts'
import { assessLedger } from './ledger/quality-actions.ts'
import { closeFinding, shownResult, stepFinding } from './check/finding-actions.ts'
import { toggleLanguage, toggleTheme } from './viewing/preference-actions.ts'
import { setClipType } from './viewing/clip-actions.ts'
import { fillListed } from './scheme/level-actions.ts'
import { dropPlanning, proposeFix, startRouting } from './scheme/planning-actions.ts'
import { planningStore } from '../state/scheme/planning-store.ts'
import { copyView } from './files/picture-actions.ts'
import { closeProject, isBusy, openSample, pickProjectToOpen, pickProjectToWrite } from './files/project-actions.ts'
import { startOutline } from './scheme/outline-actions.ts'
import { canEdit, startDrawing } from './scheme/scenario-actions.ts'
import { deleteSelection } from './scheme/vertex-actions.ts'
import { removeCornerOrAll, startDigging } from './scheme/excavation-actions.ts'
import { endSwipe } from './scheme/scheme-actions.ts'
import { canRedoAny, canUndoAny, redoLast, undoLast } from './scheme/undo-actions.ts'
import { stepHeightScale, toggleSwitch } from './viewing/view-actions.ts'

const always = () => true
const isOpen = () => projectStore.getState().status === 'open'
const isEmpty = () => projectStore.getState().columns?.count === 0
const show = (dialog: DialogState) => () => sessionStore.setState({ dialog })
const cutView = (id: CutViewId) => () => sessionStore.setState(({ cutView: last }) => ({ cutView: { id, serial: (last?.serial ?? 0) + 1 } }))
const panel = (id: WantedPanelId) => () => sessionStore.setState(({ wantedPanel: last }) => ({ wantedPanel: { id, serial: (last?.serial ?? 0) + 1 } }))
/** Cuts the 3D view, or takes the same cut away. */
const cut = (type: Clip['type']) => () => setClipType(viewStore.getState().clip?.type === type ? 'none' : type)
const camera = (type: Exclude<CameraOrder['type'], 'box' | 'points' | 'spot' | 'pose'>) => () => orderCamera({ type })

/** Steps back one level: the gesture, then the open finding, then the selection, then what an analysis marks. */
function cancel(): void {
  const { interaction, findingId, selection } = sessionStore.getState()
  const { fix, route, swipe } = planningStore.getState()
  if (fix || route) dropPlanning()
  else if (swipe) endSwipe()
  else if (interaction.type !== 'idle') sessionStore.setState({ interaction: { type: 'idle' }, live: null })
  else if (findingId !== null) closeFinding()
  else if (selection !== null) sessionStore.setState({ selection: null, alsoSelected: [] })
  else if (analysisStore.getState().shown !== null) showAnalysis(null)
}

function deleteSelected(): void {
  const { selection } = sessionStore.getState()
  if (selection?.type === 'excavation') removeCornerOrAll(selection.id, selection.corner)
  else deleteSelection()
}

/** Data go into a project: where none is open, one is made first. */
const importData = (): void | Promise<void> =>
  isOpen() ? show({ type: 'import' })() : pickProjectToWrite('createToImport', 'project.gpkg')

const define = (id: string, group: AppAction['group'], run: AppAction['run'], isEnabled = always, shortcut?: string): AppAction => ({
  id, labelKey: `app:action.${id}`, group, run, isEnabled, ...(shortcut !== undefined && { shortcut }),
})

/** Every action of the app, once; menus, toolbar, keys and the palette all start these. */
export const appActions: readonly AppAction[] = [
  define('file.open', 'file', pickProjectToOpen, () => !isBusy(), 'Mod+O'),
  define('file.openSample', 'file', async () => void (await openSample()), () => !isBusy()),
  define('file.new', 'file', () => pickProjectToWrite('create', 'project.gpkg'), () => !isBusy(), 'Mod+N'),
  define('file.save', 'file', show({ type: 'save' }), canEdit, 'Mod+S'),
  define('file.saveAs', 'file', () => pickProjectToWrite('copy', projectStore.getState().info?.name ?? 'project.gpkg'), () => isOpen() && !isBusy(), 'Mod+Shift+S'),
  define('file.import', 'file', importData, () => (canEdit() || !isOpen()) && !isBusy(), 'Mod+I'),
  define('file.export', 'file', show({ type: 'export' }), () => isOpen() && !isEmpty(), 'Mod+E'),
  define('file.close', 'file', closeProject, () => isOpen() && !isBusy(), 'Mod+W'),
  define('edit.undo', 'edit', undoLast, canUndoAny, 'Mod+Z'),
  define('edit.redo', 'edit', redoLast, canRedoAny, 'Mod+Shift+Z'),
  define('edit.delete', 'edit', deleteSelected, () => canEdit() && ['proposal', 'excavation'].includes(sessionStore.getState().selection?.type ?? ''), 'Delete'),
  define('edit.cancel', 'edit', cancel, always, 'Escape'),
  define('tools.select', 'tools', () => sessionStore.setState({ interaction: { type: 'idle' }, live: null }), isOpen, 'V'),
  define('tools.measure', 'tools', () => sessionStore.setState({ interaction: { type: 'measuring' }, findingId: null, live: null }), () => isOpen() && !isEmpty(), 'D'),
  define('tools.drawArea', 'tools', startOutline('query'), () => isOpen() && !isEmpty(), 'Q'),
  define('ledger.blockGrid', 'edit', show({ type: 'blockGrid' }), () => isOpen() && canEdit() && !isEmpty()),
  define('ledger.drawBlock', 'edit', startOutline('block'), () => isOpen() && canEdit()),
  define('tools.newPipeline', 'tools', startDrawing, () => isOpen() && canEdit(), 'P'),
  define('tools.newExcavation', 'tools', () => startDigging(), () => isOpen() && canEdit(), 'E'),
  define('tools.findRoute', 'tools', startRouting, () => isOpen() && canEdit(), 'R'),
  define('scheme.fix', 'check', () => proposeFix({ type: 'scheme' }), () => canEdit() && Object.keys(activeScenario(scenarioStore.getState())?.document.proposals ?? {}).length > 0, 'Shift+F'),
  define('scheme.compare', 'check', show({ type: 'compare' }), () => scenarioStore.getState().order.length > 1),
  define('view.fit', 'view', camera('fit'), () => isOpen() && !isEmpty(), 'F'),
  define('view.top', 'view', camera('top'), isOpen, '1'),
  define('view.oblique', 'view', camera('oblique'), isOpen, '2'),
  define('view.below', 'view', camera('below'), isOpen, '3'),
  define('view.toggleGround', 'view', () => toggleSwitch('showGround'), isOpen, 'G'),
  define('view.toggleBuildings', 'view', () => toggleSwitch('showBuildings'), isOpen, 'B'),
  define('view.xray', 'view', () => toggleSwitch('isXray'), isOpen, 'T'),
  define('view.heights', 'view', stepHeightScale, isOpen, 'H'),
  define('view.copyPicture', 'view', copyView, isOpen, 'Mod+Shift+C'),
  define('view.plan', 'view', cutView('plan'), isOpen, 'M'),
  define('view.profile', 'view', cutView('profile'), isOpen, 'L'),
  define('view.section', 'view', cutView('section'), isOpen, 'X'),
  define('view.sectionPlane', 'view', cut('plane'), () => isOpen() && !isEmpty()),
  define('view.sectionBox', 'view', cut('box'), () => isOpen() && !isEmpty()),
  define('view.findings', 'view', panel('findings'), isOpen),
  define('view.ledger', 'view', panel('ledger'), isOpen),
  define('view.analyses', 'view', panel('analyses'), isOpen, 'A'),
  define('view.quality', 'view', panel('quality'), isOpen),
  define('view.statistics', 'view', panel('statistics'), isOpen),
  define('view.blocks', 'view', panel('blocks'), isOpen),
  define('dev.counters', 'view', () => toggleSwitch('showCounters'), isOpen),
  define('view.toggleTheme', 'view', toggleTheme),
  define('view.toggleLanguage', 'view', toggleLanguage),
  define('check.run', 'check', checkScheme, () => isOpen() && activeScenario(scenarioStore.getState()) !== null, 'Mod+Enter'),
  define('ledger.assess', 'check', assessLedger, () => isOpen() && !isEmpty()),
  define('ledger.fillLevels', 'edit', fillListed, () => canEdit() && !isEmpty()),
  define('ledger.changes', 'edit', show({ type: 'twinEdits' }), isOpen),
  define('ledger.owners', 'edit', show({ type: 'owners' }), isOpen),
  define('ledger.jobs', 'check', show({ type: 'checkJobs' }), () => isOpen() && !isEmpty()),
  define('ledger.ignoreRules', 'check', show({ type: 'ignoreRules' }), () => isOpen() && !isEmpty()),
  define('rules.open', 'check', show({ type: 'packs' }), isOpen),
  define('check.runNetwork', 'check', checkNetwork, () => isOpen() && !isEmpty(), 'Mod+Shift+Enter'),
  define('check.runLifeline', 'check', checkLifeline, () => isOpen() && !isEmpty() && activeScenario(scenarioStore.getState()) !== null),
  define('review.meeting', 'view', () => startMeeting(meetingName()), isOpen, 'F5'),
  define('review.report', 'file', show({ type: 'papers', paper: 'report' }), isOpen, 'Mod+P'),
  define('review.findingsFile', 'file', show({ type: 'papers', paper: 'findings' }), isOpen),
  define('review.scene', 'file', show({ type: 'papers', paper: 'scene' }), isOpen),
  define('review.sheets', 'file', show({ type: 'papers', paper: 'sheets' }), isOpen),
  define('review.exceptions', 'check', show({ type: 'exceptions' }), isOpen),
  define('findings.next', 'check', () => stepFinding(1), () => (shownResult()?.findings.length ?? 0) > 0, 'N'),
  define('findings.previous', 'check', () => stepFinding(-1), () => (shownResult()?.findings.length ?? 0) > 0, 'Shift+N'),
  define('app.palette', 'help', show({ type: 'palette' }), always, 'Mod+K'),
  define('help.shortcuts', 'help', show({ type: 'shortcuts' }), always, '?'),
  define('help.methods', 'help', show({ type: 'methods' })),
  define('help.aboutData', 'help', show({ type: 'aboutData' }), () => projectStore.getState().info?.synthetic === true),
  define('help.about', 'help', show({ type: 'about' })),
]

const byId = new Map(appActions.map(action => [action.id, action]))

/** @throws RangeError an id that names no action: a slip in the code, not of the user. */
export function actionOf(id: string): AppAction {
  const action = byId.get(id)
  if (!action) throw new RangeError(`no action ${id}`)
  return action
}

/** Runs an action where it can run now; an unknown name (from an older menu) is ignored. */
export function runAction(id: string): void {
  const action = byId.get(id)
  if (action?.isEnabled()) void action.run()
}
