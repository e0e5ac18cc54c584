import { createStore } from 'zustand/vanilla'
import { unitOf, type Against, type RuleName } from '#shared/clearance/findings/finding.ts'
import type { Relaid } from '#shared/routing/lines/ground-bends.ts'
import type { Vec3 } from '#shared/twin/asset.ts'
import type { AssetKind, Laying, PressureClass } from '#shared/twin/kinds.ts'
import type { DuctBank } from '#shared/twin/duct-bank.ts'
import type { OuterSection } from '#shared/twin/asset.ts'
import type { SurveyOptions } from '#shared/ledger/survey/compare-survey.ts'
import type { QualityFix } from '#shared/ledger/quality-fix.ts'
import type { CallOutput } from '#shared/contract/contract.ts'
import type { CheckScope } from '../findings/findings-store.ts'

export type Selection =
  | { readonly type: 'asset'; readonly id: string }
  | { readonly type: 'proposal'; readonly id: string; readonly vertex: number | null }
  | { readonly type: 'node'; readonly id: string }
  /** `corner` counts the points of the outline, the line, or the two ends of a bore. */
  | { readonly type: 'excavation'; readonly id: string; readonly corner: number | null }

/** What the next drawn pipeline is: the tool panel edits it, the draw tool uses it. */
export interface PipelineTemplate {
  readonly kind: AssetKind
  readonly section: OuterSection
  readonly laying: Laying
  readonly pressureClass: PressureClass | null
  readonly voltageKv: number | null
  readonly material: string | null
  /** Least radius the line can be laid with, metres. */
  readonly bendRadiusM: number | null
  /** What the section is made of; null where it is given by itself. */
  readonly ductBank: DuctBank | null
  readonly owner: string
  /**
   * How vertices get their level: cover below the ground to the crown; a fixed level of the axis (project datum); or a fall
   * from one to the next (metres per metre of plan), the first one by cover.
   */
  readonly vertical: { readonly mode: 'cover'; readonly coverM: number } | { readonly mode: 'level'; readonly levelM: number } | { readonly mode: 'grade'; readonly coverM: number; readonly fallRatio: number }
}

/** What an area is drawn for: to narrow the ledger, or as a block of responsibility. */
export type OutlinePurpose = 'query' | 'block' | 'catchment'

/** How a vertex in hand moves: on its level, up and down, or both aside and in level in a cross-section. */
export type VertexWay = 'plan' | 'level' | 'section'

/** What the pointer is doing: one union, so that no two gestures can be half on at once. */
export type Interaction =
  | { readonly type: 'idle' }
  /** Points clicked, local frame; `between[i]`: what the line runs through from point i to the next, or to the cursor. */
  | { readonly type: 'drawing'; readonly vertices: readonly Vec3[]; readonly between: readonly (readonly Vec3[])[]; readonly cursor: Vec3 | null }
  | { readonly type: 'measuring' }
  /** Corners of an area on the ground, local frame. */
  | { readonly type: 'outlining'; readonly purpose: OutlinePurpose; readonly points: readonly Vec3[]; readonly cursor: Vec3 | null }
  /** `relaid`: of a line laid by cover, what the vertex makes of it; local frame. */
  | { readonly type: 'draggingVertex'; readonly proposalId: string; readonly index: number; readonly inserted: boolean; readonly way: VertexWay; readonly to: Vec3; readonly relaid?: Relaid }
  /**
   * Points an automatic route passes, on the ground; `levels`: of its axis at each, where it joins something, null where it is free;
   * `area`: corners of an area to keep out of while one is drawn. Local frame. `lineId`: the proposal that is to run otherwise, null for a new line.
   */
  | { readonly type: 'routing'; readonly points: readonly Vec3[]; readonly levels: readonly (number | null)[]; readonly cursor: Vec3 | null; readonly area: readonly Vec3[] | null; readonly lineId: string | null }
  /** Points on the ground, local frame. */
  | { readonly type: 'digging'; readonly points: readonly Vec3[]; readonly cursor: Vec3 | null }
  | { readonly type: 'draggingCorner'; readonly excavationId: string; readonly index: number; readonly inserted: boolean; readonly to: Vec3 }

/** Where every drawing of a line begins. */
export const NOTHING_DRAWN: Extract<Interaction, { type: 'drawing' }> = { type: 'drawing', vertices: [], between: [], cursor: null }

/** A shortfall of the moving stretch, as the drag read-out shows it. Points in the local frame. */
export interface LiveShortfall {
  readonly segment: number
  readonly rule: RuleName
  readonly required: number
  readonly found: number
  readonly shortfall: number
  readonly clause: string
  readonly mandatory: boolean
  /** Empty: the ground (cover), or the line itself (rule 8). */
  readonly otherId: string
  readonly otherKind: AssetKind | null
  /** What stands on the ground or in it, where that is the other. */
  readonly against?: Against
  readonly at: { readonly a: Vec3; readonly b: Vec3 }
}

/** What is shown first: the mandatory, then what lacks most metres; angles and falls have no such measure. */
export const weightOf = ({ mandatory, rule, shortfall }: LiveShortfall): number => (mandatory ? 1000 : 0) + (unitOf(rule) === 'm' ? shortfall : 0)

/** A place on a line: by plan length along its run; or where it passes nearest to a place in plan, of several lines the nearest. Local frame. */
export type CutCursor = { readonly lineId: string; readonly chainageM: number } | { readonly lineIds: readonly string[]; readonly at: readonly [number, number] }

export interface SessionState {
  readonly selection: Selection | null
  /** What is selected beside it: the first stands in the inspector, all are marked. */
  readonly alsoSelected: readonly Exclude<Selection, { readonly type: 'proposal' | 'excavation' }>[]
  readonly hover: { readonly type: 'asset' | 'proposal'; readonly id: string } | null
  readonly interaction: Interaction
  /** Vertices in the local frame. */
  readonly template: PipelineTemplate
  readonly live: { readonly shortfalls: readonly LiveShortfall[]; readonly computeMs: number } | null
  /** Open finding: the scene ghosts the rest and the camera goes there. */
  readonly findingId: string | null
  /** Which result the findings table lists: the scheme's own conflicts, or the whole network's. */
  readonly findingsScope: CheckScope
  /** The findings table lists those in this block alone; null for all. */
  readonly findingsBlock: string | null
  /** Project CRS position under the pointer, and the ground there. */
  readonly pointer: { readonly at: Vec3; readonly groundZ: number | null } | null
  /** The one cursor of the long profile, the cross-section and the 3D view. */
  readonly cut: CutCursor | null
  /** Asks the dock for a view beside the 3D view, or to close it where it is in sight, unless `stays`; `serial` makes the same order twice two orders. */
  readonly cutView: { readonly id: CutViewId; readonly serial: number; readonly stays?: boolean } | null
  /** Asks the dock to bring a panel to the front; `serial` as above. */
  readonly wantedPanel: { readonly id: WantedPanelId; readonly serial: number } | null
  readonly dialog: DialogState | null
  /** Which history the last change of this session went into: undo begins there. */
  readonly lastEdited: 'scheme' | 'twin' | 'owners'
  /** Name the user writes comments and exceptions under; as typed, this session only. */
  readonly person: string
}

/** Views that are opened when wanted. */
export const CUT_VIEWS = ['plan', 'profile', 'section'] as const
export type CutViewId = (typeof CUT_VIEWS)[number]
/** Panels that actions bring to the front. */
export type WantedPanelId = 'analyses' | 'ledger' | 'findings' | 'quality' | 'statistics' | 'blocks'

/** A survey held against the twin or a scheme, as the host answered. */
export type SurveyAnswer = CallOutput<'survey.compare'>

/** What a project file is written for. */
export type WriteIntent = 'copy' | 'create' | 'createToImport'

export type DialogState =
  | { readonly type: 'open' }
  /** Where a copy goes, or a new project: an empty one, or one that data are imported into next. */
  | { readonly type: 'saveAs'; readonly intent: WriteIntent }
  /** Names a revision. */
  | { readonly type: 'save' }
  | { readonly type: 'import'; readonly asBuilt?: string }
  | { readonly type: 'survey'; readonly survey: SurveyAnswer; readonly asBuilt: string | null; readonly options: SurveyOptions }
  | { readonly type: 'aboutData' }
  | { readonly type: 'methods' }
  | { readonly type: 'about' }
  /** `copyFrom` is the scheme to duplicate, null for an empty one. */
  | { readonly type: 'newScenario'; readonly copyFrom: string | null }
  | { readonly type: 'renameScenario'; readonly id: string }
  | { readonly type: 'deleteScenario'; readonly id: string }
  | { readonly type: 'exception'; readonly findingId: string }
  | { readonly type: 'exceptions' }
  | { readonly type: 'papers'; readonly paper: 'report' | 'findings' | 'scene' | 'sheets' }
  | { readonly type: 'export' }
  | { readonly type: 'packs' }
  | { readonly type: 'schemeStage'; readonly id: string }
  | { readonly type: 'compare' }
  | { readonly type: 'shortcuts' }
  | { readonly type: 'bulkEdit'; readonly assets: Uint32Array }
  | { readonly type: 'fillLevels'; readonly assets: Uint32Array }
  | { readonly type: 'mendFlaws'; readonly fixes: readonly QualityFix[] }
  /** A block of responsibility: new with what was drawn, or one that is there. */
  | { readonly type: 'blockGrid' }
  | { readonly type: 'block'; readonly id: string | null; readonly ring: readonly (readonly [number, number])[] | null }
  | { readonly type: 'twinEdits' }
  | { readonly type: 'checkJobs' }
  | { readonly type: 'ignoreRules' }
  | { readonly type: 'owners' }
  | { readonly type: 'palette' }

export const sessionStore = createStore<SessionState>(() => ({
  selection: null,
  alsoSelected: [],
  hover: null,
  interaction: { type: 'idle' },
  template: {
    kind: 'water', section: { shape: 'circle', diameterM: 0.3 }, laying: 'direct', pressureClass: null, voltageKv: null, material: null, bendRadiusM: null, ductBank: null, owner: '',
    vertical: { mode: 'cover', coverM: 1.2 },
  },
  live: null,
  findingId: null,
  findingsScope: 'proposals',
  findingsBlock: null,
  pointer: null,
  cut: null,
  cutView: null,
  wantedPanel: null,
  dialog: null,
  lastEdited: 'scheme',
  person: '',
}))

// What is selected beside something goes with it: whoever selects another thing, and says no more, selects it alone.
sessionStore.subscribe((now, before) => {
  if (now.selection !== before.selection && now.alsoSelected === before.alsoSelected && now.alsoSelected.length > 0) sessionStore.setState({ alsoSelected: [] })
})
