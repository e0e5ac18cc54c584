import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { OuterSection, Vec3 } from '#shared/twin/asset.ts'
import { RENDER_ORDER } from '#renderer/scene/layers.ts'
import { Marks, type Mark } from '#renderer/scene/marks/marks.tsx'
import type { DrawnPath } from '#renderer/scene/paths/path-mesh.ts'
import { Paths } from '#renderer/scene/paths/paths.tsx'
import { useScene } from '#renderer/scene/scene-context.ts'
import { localToView } from '#renderer/scene/scene-frame.ts'
import { ledgerStore } from '#renderer/state/twin/ledger-store.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'

const STRING_LINE: OuterSection = { shape: 'circle', diameterM: 0.12 }
/** Between corners the line follows the ground in steps of this, metres, as many as there may be. */
const STEP_M = 5
const MOST_STEPS = 200

/** The area being drawn, and the one the ledger is narrowed to, laid along the ground. */
export function OutlineLayer() {
  const { model, colours } = useScene()
  const interaction = useStore(sessionStore, session => session.interaction)
  const area = useStore(ledgerStore, state => state.query.area)
  const isDrawing = interaction.type === 'outlining'
  const { frame } = model

  const paths = useMemo((): DrawnPath[] => {
    const level = (x: number, y: number) => model.groundAt?.(x, y) ?? model.layoutAt?.(x, y) ?? (frame.bounds ? frame.bounds.max[2] + frame.origin[2] : 0)
    const path = (corners: readonly (readonly [number, number])[], strength: number): DrawnPath[] =>
      corners.length < 2 ? [] : [{ axis: draped(corners, level).map(point => localToView(frame, point)), section: STRING_LINE, tint: { colour: colours.accent, strength } }]
    if (interaction.type === 'outlining') {
      const corners = [...interaction.points, ...(interaction.cursor ? [interaction.cursor] : [])].map(([x, y]) => [x, y] as const)
      return path(corners.length > 2 ? [...corners, corners[0]!] : corners, 1)
    }
    if (!area) return []
    const [ox, oy] = model.columns.origin
    const ring = area.map(([x, y]) => [x - ox, y - oy] as const)
    return path([...ring, ring[0]!], 0.7)
  }, [model, frame, colours, interaction, area])

  const marks = useMemo((): Mark[] => (interaction.type === 'outlining' ? interaction.points.map((point, i) => ({ at: localToView(frame, point), shape: i === 0 ? 'ring' as const : 'disc' as const, colour: colours.accent, sizePx: i === 0 ? 16 : 10 })) : []), [interaction, frame, colours])
  if (!isDrawing && !area) return null
  return (
    <>
      <Paths paths={paths} outline={colours.outline} outlinePx={1.2} hiddenStrength={0.9} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.proposalsThrough} />
      <Marks marks={marks} />
    </>
  )
}

/** Corners with points between them, at the ground. */
function draped(corners: readonly (readonly [number, number])[], level: (x: number, y: number) => number): Vec3[] {
  const points: Vec3[] = []
  corners.forEach(([x, y], i) => {
    const from = corners[i - 1]
    const steps = from ? Math.min(MOST_STEPS, Math.max(1, Math.ceil(Math.hypot(x - from[0], y - from[1]) / STEP_M))) : 1
    for (let k = from ? 1 : steps; k <= steps; k++) {
      const t = k / steps
      const [px, py] = from ? [from[0] + t * (x - from[0]), from[1] + t * (y - from[1])] : [x, y]
      points.push([px, py, level(px, py)])
    }
  })
  return points
}
