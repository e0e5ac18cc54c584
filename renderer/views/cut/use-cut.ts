import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import type { GroundSampler, GroundSurface } from '#shared/twin/ground.ts'
import { excavationStore, shownCuts, type CutResult } from '../../state/scheme/excavation-store.ts'
import { useHoldingResults } from '../../state/colouring/use-colouring.ts'
import { groundOf } from '../../state/twin/ground-levels.ts'
import { planningStore } from '../../state/scheme/planning-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { selectedAt } from '../../state/app/selected-at.ts'
import { sessionStore, type CutCursor } from '../../state/app/session-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { draggedAxis } from '../../tools/edit-proposal/edit-steps.ts'
import { cutLine, cutLineAt, type CutLine } from '#shared/profile/cut-line.ts'
import { cutLimits, type CutLimits } from '#shared/profile/line-limits.ts'
import { cutWorld } from '../../state/scheme/scheme-world.ts'
import type { CutItem, CutWorld } from '#shared/profile/cut-world.ts'
import { pairFindings, withoutLine, type PairFindings } from '#shared/profile/pair-findings.ts'

/** What both cut views look at. Local frame; `origin` brings levels to the project's datum. */
export interface Cut {
  readonly world: CutWorld
  readonly line: CutLine
  readonly chainageM: number
  readonly surface: GroundSurface | null
  readonly groundAt: GroundSampler
  readonly findings: PairFindings
  readonly isShown: (item: CutItem) => boolean
  /** What the pack asks for; null where no pack is known. */
  readonly limits: CutLimits | null
  /** Lines of the scheme shown as a ghost, local frame. */
  readonly ghosts: readonly GhostLine[]
  /** Excavations open at the stage looked at. */
  readonly digs: readonly CutResult[]
  readonly origin: Vec3
}

/** The selected line, or the one looked at last, be it a finding's, or else the first that the scheme proposes; null where there is none. */
export function useCut(): Cut | null {
  const columns = useStore(projectStore, project => project.columns)
  const surface = useStore(projectStore, project => project.context?.ground ?? null)
  const document = useStore(scenarioStore, state => activeScenario(state)?.document ?? null)
  const interaction = useStore(sessionStore, session => (session.interaction.type === 'draggingVertex' ? session.interaction : null))
  const selection = useStore(sessionStore, session => session.selection)
  const cursor = useStore(sessionStore, session => session.cut)
  const hiddenKinds = useStore(viewStore, view => view.hiddenKinds)
  const hiddenOwners = useStore(viewStore, view => view.hiddenOwners)
  const results = useHoldingResults(true)
  const findings = useMemo(() => (columns ? pairFindings(results.flatMap(result => result.findings), columns.origin) : NONE), [results, columns])
  const digs = useDigs()
  const ghosts = useGhosts(columns?.origin ?? null)

  const world = useMemo(() => {
    if (!columns) return null
    const base = cutWorld(columns, document)
    if (!interaction) return base
    // The vertex in hand is seen where it is held.
    return {
      ...base, proposals: base.proposals.map(proposal => proposal.item.id !== interaction.proposalId ? proposal
        : { ...proposal, axis: draggedAxis(proposal.axis, interaction) }),
    }
  }, [columns, document, interaction])
  const placed = useMemo(() => world && cursor && placeOf(world, cursor), [world, cursor])
  const selectedId = selection?.type === 'asset' || selection?.type === 'proposal' ? selection.id : null
  const firstId = Object.keys(document?.proposals ?? {})[0] ?? null
  const line = useMemo(() => {
    if (placed && (selectedId === null || placed.line.item.id === selectedId)) return placed.line
    const asked = selectedId ?? firstId
    return world && asked !== null ? cutLine(world, asked) : null
  }, [world, placed, selectedId, firstId])
  const draggedId = interaction?.proposalId ?? null
  const holding = useMemo(() => (draggedId === null ? findings : withoutLine(findings, draggedId)), [findings, draggedId])
  const pack = useStore(projectStore, project => project.pack?.pack ?? null)
  const limits = useMemo(() => (pack && columns ? cutLimits(pack, columns, document?.proposals ?? {}) : null), [pack, columns, document])
  const isShown = useMemo(() => (item: CutItem) => !hiddenKinds.has(item.kind) && !hiddenOwners.has(item.owner), [hiddenKinds, hiddenOwners])
  return useMemo(() => {
    if (!world || !line) return null
    const chainageM = placed?.line.item.id === line.item.id ? Math.min(Math.max(placed.chainageM, 0), line.lengthM) : middleOf(line)
    return { world, line, chainageM, surface, groundAt: groundOf(surface), findings: holding, isShown, limits, digs, ghosts, origin: world.columns.origin }
  }, [world, line, placed, surface, holding, isShown, limits, digs, ghosts])
}

/** A line of another scheme. */
export interface GhostLine {
  readonly id: string
  readonly label: string
  readonly section: OuterSection
  readonly axis: readonly Vec3[]
}

const NO_GHOSTS: readonly GhostLine[] = []

/** What the scheme shown as a ghost proposes otherwise than the active one. */
function useGhosts(origin: Vec3 | null): readonly GhostLine[] {
  const ghostId = useStore(planningStore, state => state.ghostId)
  const { byId, activeId } = useStore(scenarioStore)
  const [ghost, own] = [ghostId === null || ghostId === activeId ? undefined : byId[ghostId]?.document, activeId === null ? undefined : byId[activeId]?.document]
  return useMemo(() => (!ghost || !origin ? NO_GHOSTS : Object.values(ghost.proposals).filter(({ id, axis, section }) => {
    const other = own?.proposals[id]
    return !other || JSON.stringify([other.axis, other.section]) !== JSON.stringify([axis, section])
  }).map(({ id, name, section, axis }) => ({ id, label: `${name || id} · ${ghost.name}`, section, axis: axis.map(([x, y, z]): Vec3 => [x - origin[0], y - origin[1], z - origin[2]]) }))), [ghost, own, origin])
}

function useDigs(): readonly CutResult[] {
  const { results, draft, stage } = useStore(excavationStore)
  return useMemo(() => shownCuts({ results, draft, stage }), [results, draft, stage])
}

/** Middle of the asset asked for within its run. */
function middleOf({ item, parts, chainages }: CutLine): number {
  const first = parts.findIndex(part => part.id === item.id)
  const last = parts.findLastIndex(part => part.id === item.id)
  return (chainages[first]! + chainages[last + 1]!) / 2
}

const NONE: PairFindings = new Map()

/** The line the cursor is on, and where. */
function placeOf(world: CutWorld, cursor: CutCursor): { readonly line: CutLine; readonly chainageM: number } | null {
  if ('lineIds' in cursor) return cutLineAt(world, cursor.lineIds, ...cursor.at)
  const line = cutLine(world, cursor.lineId)
  return line && { line, chainageM: cursor.chainageM }
}

/** Moves the one cursor. */
export const setCursor = (line: CutLine, chainageM: number): void =>
  sessionStore.setState({ cut: { lineId: line.item.id, chainageM: Math.min(Math.max(chainageM, 0), line.lengthM) } })

/** Selects what was clicked in a cut view; the cursor stays at the place in plan. */
export const selectAt = (item: CutItem, at: readonly [number, number]): void =>
  sessionStore.setState(selectedAt(item.type === 'asset' ? { type: 'asset', id: item.id } : { type: 'proposal', id: item.id, vertex: null }, at))
