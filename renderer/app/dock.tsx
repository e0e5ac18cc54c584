import { DockviewReact, type DockviewApi, type DockviewTheme, type IDockviewPanelHeaderProps, type IDockviewPanelProps } from 'dockview-react'
import 'dockview-react/dist/styles/dockview.css'
import { useEffect, useRef, useState, type FunctionComponent } from 'react'
import { useTranslation } from 'react-i18next'
import { ask } from '../actions/host.ts'
import { AnalysesPanel } from '../panels/analyses/analyses-panel.tsx'
import { BlocksPanel } from '../panels/blocks-panel.tsx'
import { FindingsPanel } from '../panels/findings/findings-panel.tsx'
import { Inspector } from '../panels/inspector/inspector.tsx'
import { LayersPanel } from '../panels/layers-panel.tsx'
import { LedgerPanel } from '../panels/ledger/ledger-panel.tsx'
import { QualityPanel } from '../panels/quality/quality-panel.tsx'
import { ScenariosPanel } from '../panels/scenarios-panel.tsx'
import { StatisticsPanel } from '../panels/statistics/statistics-panel.tsx'
import { CUT_VIEWS, sessionStore, type CutViewId } from '../state/app/session-store.ts'
import { MapView } from '../views/plan/map-view.tsx'
import { ProfileView } from '../views/profile/profile-view.tsx'
import { SectionView } from '../views/section/section-view.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { ScenePanel } from './scene-panel.tsx'

/** Rises when panels are added or renamed: a layout saved before would miss them. */
const LAYOUT_VERSION = 2
const SAVE_AFTER_MS = 800

const THEME: DockviewTheme = { name: 'underplan', className: 'dockview-theme-underplan', gap: 1 }

/** A panel is made when it is first seen: a table behind others costs nothing until then. */
const panel = (Content: FunctionComponent): FunctionComponent<IDockviewPanelProps> =>
  function DockedPanel({ api }) {
    const [wasSeen, setSeen] = useState(api.isVisible)
    useEffect(() => {
      const listener = api.onDidVisibilityChange(({ isVisible }) => isVisible && setSeen(true))
      return () => listener.dispose()
    }, [api])
    return wasSeen && <ErrorBoundary scope="panel"><Content /></ErrorBoundary>
  }

const PANELS = {
  scene: panel(ScenePanel), scenarios: panel(ScenariosPanel), layers: panel(LayersPanel), blocks: panel(BlocksPanel),
  plan: panel(MapView), profile: panel(ProfileView), section: panel(SectionView),
  inspector: panel(Inspector), findings: panel(FindingsPanel), ledger: panel(LedgerPanel), analyses: panel(AnalysesPanel),
  quality: panel(QualityPanel), statistics: panel(StatisticsPanel),
}
type PanelId = keyof typeof PANELS
const PANEL_IDS = Object.keys(PANELS) as PanelId[]
/** Panels every layout holds; the cut views come when wanted. */
const STANDING_IDS = PANEL_IDS.filter(id => !CUT_VIEWS.some(view => view === id))

/** The title of a panel, in the language of the moment: what the dock stores of it is of the day the panel was made. */
function DockTab({ api }: IDockviewPanelHeaderProps) {
  const { t } = useTranslation('app')
  return <span className="dock-tab">{t(`panel.${api.id as PanelId}`)}</span>
}

/** The docked panels; where the user moved them is kept with the preferences. */
export function Dock({ layout }: { readonly layout: string | null }) {
  const { t, i18n } = useTranslation('app')
  const apiRef = useRef<DockviewApi | null>(null)
  const title = (id: PanelId) => t(`panel.${id}`)
  // The dock names its tabs to screen readers by the titles it holds.
  useEffect(() => {
    for (const id of PANEL_IDS) apiRef.current?.getPanel(id)?.setTitle(t(`panel.${id}`))
  }, [t, i18n.language])
  useEffect(() => sessionStore.subscribe((state, before) => {
    if (apiRef.current && state.cutView && state.cutView !== before.cutView) turnCutView(apiRef.current, state.cutView, t(`panel.${state.cutView.id}`))
    if (apiRef.current && state.wantedPanel && state.wantedPanel !== before.wantedPanel) bringForward(apiRef.current, state.wantedPanel.id)
  }), [t])
  return (
    <DockviewReact
      className="dock"
      theme={THEME}
      components={PANELS}
      defaultTabComponent={DockTab}
      disableFloatingGroups
      onReady={({ api }) => {
        apiRef.current = api
        if (!restore(api, layout)) arrange(api, title)
        for (const id of PANEL_IDS) api.getPanel(id)?.setTitle(title(id))
        keepLayout(api)
      }}
    />
  )
}

/** The usual places: schemes and layers left; the picture with the inspector beside it; the tables below both, for they are wide. */
function arrange(api: DockviewApi, title: (id: PanelId) => string): void {
  const add = (id: PanelId, options: Omit<Parameters<DockviewApi['addPanel']>[0], 'id' | 'component'> = {}) =>
    api.addPanel({ id, component: id, title: title(id), ...options } as Parameters<DockviewApi['addPanel']>[0])
  add('scene', { renderer: 'always' })
  add('inspector', { position: { referencePanel: 'scene', direction: 'right' } })
  add('findings', { position: { direction: 'below' } })
  add('ledger', { position: { referencePanel: 'findings', direction: 'within' }, inactive: true })
  add('analyses', { position: { referencePanel: 'findings', direction: 'within' }, inactive: true })
  add('quality', { position: { referencePanel: 'findings', direction: 'within' }, inactive: true })
  add('statistics', { position: { referencePanel: 'findings', direction: 'within' }, inactive: true })
  add('layers', { position: { direction: 'left' } })
  add('blocks', { position: { referencePanel: 'layers', direction: 'within' }, inactive: true })
  add('scenarios', { position: { referencePanel: 'layers', direction: 'above' } })
  // Sizes hold only once the dock knows its own.
  requestAnimationFrame(() => {
    api.getPanel('layers')?.api.setSize({ width: 260 })
    api.getPanel('inspector')?.api.setSize({ width: 316 })
    api.getPanel('scenarios')?.api.setSize({ height: 320 })
    api.getPanel('findings')?.api.setSize({ height: 252 })
  })
}

const CUT_VIEW_HEIGHT = 390
const SECTION_WIDTH = 520
/** The table the profile was opened over: it is seen again when the profile closes. */
let underProfile: string = 'findings'
/** What gaps and rounding take of a height that was asked for. */
const BORDER_SLACK_PX = 8
/** How high the tables were before a cut view needed more: given back when the last one closes, unless the user has moved the border since. */
let tablesHeight: { readonly before: number; readonly given: number } | null = null

/** Shows a cut view; where it is seen already, closes it. The map lies beside the 3D view, the profile with the wide tables, the section beside it. */
function turnCutView(api: DockviewApi, { id, stays }: { readonly id: CutViewId; readonly stays?: boolean }, title: string): void {
  const shown = api.getPanel(id)
  if (stays && shown?.api.isVisible) return
  // What the map takes and gives back is the picture's, not the panel's beside it.
  const width = api.getPanel('inspector')?.api.width
  if (width !== undefined && id === 'plan') requestAnimationFrame(() => api.getPanel('inspector')?.api.setSize({ width }))
  if (shown?.api.isVisible) {
    const under = api.getPanel(underProfile)
    api.removePanel(shown)
    if (id === 'profile') under?.api.setActive()
    giveHeightBack(api)
    return
  }
  if (shown) return shown.api.setActive()
  const [table, profile] = [api.getPanel('findings'), api.getPanel('profile')]
  const beside = id === 'plan' ? api.getPanel('scene') : id === 'profile' ? table : (profile ?? table)
  if (id === 'profile') underProfile = table?.group.activePanel?.id ?? underProfile
  const added = api.addPanel({ id, component: id, title, ...(beside && { position: { referencePanel: beside, direction: id === 'profile' ? 'within' : 'right' } }) })
  requestAnimationFrame(() => {
    if (id === 'plan') return
    if (added.group.height < CUT_VIEW_HEIGHT) {
      // A second view that opens meanwhile must not take the first one's height for the tables' own.
      tablesHeight ??= { before: added.group.height, given: CUT_VIEW_HEIGHT }
      added.api.setSize({ height: CUT_VIEW_HEIGHT })
    }
    if (id === 'section') added.api.setSize({ width: SECTION_WIDTH })
  })
}

function giveHeightBack(api: DockviewApi): void {
  const table = api.getPanel('findings')
  if (!tablesHeight || !table || api.getPanel('profile') || api.getPanel('section')) return
  const { before, given } = tablesHeight
  tablesHeight = null
  if (Math.abs(table.group.height - given) < BORDER_SLACK_PX) requestAnimationFrame(() => table.api.setSize({ height: before }))
}

/** Brings a panel to the front, with room to read it. */
function bringForward(api: DockviewApi, id: PanelId): void {
  const wanted = api.getPanel(id)
  wanted?.api.setActive()
  requestAnimationFrame(() => {
    if (wanted && wanted.group.height < CUT_VIEW_HEIGHT) wanted.api.setSize({ height: CUT_VIEW_HEIGHT })
  })
}

/** @returns false where there is no layout of this version, or it does not hold every panel. */
function restore(api: DockviewApi, saved: string | null): boolean {
  if (saved === null) return false
  try {
    const { version, layout } = JSON.parse(saved) as { version?: unknown; layout?: Parameters<DockviewApi['fromJSON']>[0] }
    if (version !== LAYOUT_VERSION || !layout) return false
    api.fromJSON(layout)
    if (STANDING_IDS.every(id => api.getPanel(id))) return true
  } catch {
    // A layout that cannot be read is no reason to fail: the usual one is shown.
  }
  api.clear()
  return false
}

function keepLayout(api: DockviewApi): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  api.onDidLayoutChange(() => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask('preferences.set', { layout: JSON.stringify({ version: LAYOUT_VERSION, layout: api.toJSON() }) }), SAVE_AFTER_MS)
  })
}
