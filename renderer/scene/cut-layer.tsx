import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { OuterSection } from '#shared/twin/asset.ts'
import { sessionStore } from '#renderer/state/app/session-store.ts'
import { useCut } from '#renderer/views/cut/use-cut.ts'
import { sectionPlane } from '#renderer/views/section/section-model.ts'
import { RENDER_ORDER } from './layers.ts'
import type { DrawnPath } from './paths/path-mesh.ts'
import { Paths } from './paths/paths.tsx'
import { useScene } from './scene-context.ts'
import { localToView } from './scene-frame.ts'

const LINE: OuterSection = { shape: 'circle', diameterM: 0.04 }
/** Reach of the frame to either side, and around ground and line. */
const HALF_SPAN_M = 8
const MARGIN_M = 0.8

/** Where the cross-section lies: a thin upright frame across the line, once there is a cursor. */
export function CutLayer() {
  const hasCursor = useStore(sessionStore, session => session.cut !== null)
  return hasCursor ? <CutFrame /> : null
}

function CutFrame() {
  const { model, colours } = useScene()
  const cut = useCut()
  const paths = useMemo((): DrawnPath[] => {
    if (!cut) return []
    const { at, plane } = sectionPlane(cut.line, cut.chainageM)
    const top = Math.max(at[2], cut.groundAt(at[0], at[1]) ?? at[2]) + MARGIN_M
    const corner = (u: number, z: number) => localToView(model.frame, [at[0] + u * plane.dirX, at[1] + u * plane.dirY, z])
    const bottom = at[2] - 2 * MARGIN_M
    const corners = [corner(-HALF_SPAN_M, bottom), corner(HALF_SPAN_M, bottom), corner(HALF_SPAN_M, top), corner(-HALF_SPAN_M, top)]
    return corners.map((from, i) => ({ axis: [from, corners[(i + 1) % 4]!], section: LINE, tint: { colour: colours.accent, strength: 1 } }))
  }, [cut, model, colours])
  return <Paths paths={paths} outline={colours.accent} outlinePx={1.5} hiddenStrength={0.8} renderOrder={RENDER_ORDER.proposals} throughOrder={RENDER_ORDER.marks} />
}
