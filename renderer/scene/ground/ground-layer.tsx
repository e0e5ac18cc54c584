import { useMemo, useRef, useState } from 'react'
import { useFrame } from '@react-three/fiber'
import { Vector4 } from 'three'
import { useStore } from 'zustand'
import { viewStore } from '#renderer/state/view/view-store.ts'
import { useScene } from '../scene-context.ts'
import { viewToLocal } from '../scene-frame.ts'
import { groundDetail, groundSheet } from './ground-detail.ts'
import { patchMesh, patchWindow, type GridWindow } from './ground-patch.ts'
import { GroundSheet } from './ground-sheet.tsx'
import { thinningStep } from './terrain-mesh.ts'

/** Seen from further off the thinned sheet shows no less. */
const PATCH_WITHIN_M = 900
const NO_HOLE = new Vector4(0, 0, 0, 0)

/** The see-through ground with its streets painted on it; of a large city thinned, with a patch of its own detail where one looks. */
export function GroundLayer() {
  const { model, rig } = useScene()
  const isShown = useStore(viewStore, view => view.showGround)
  const opacity = useStore(viewStore, view => view.groundOpacity)
  const { ground } = model.context
  const detail = groundDetail()
  const step = ground?.type === 'grid' ? thinningStep(ground, detail.points) : 1

  const sheet = useMemo(() => ground && groundSheet(ground, model.frame.origin), [ground, model])

  const [window, setWindow] = useState<GridWindow | null>(null)
  const asked = useRef<GridWindow | null>(null)
  useFrame(() => {
    if (ground?.type !== 'grid' || rig.pose.distance > PATCH_WITHIN_M) return
    const [x, y] = viewToLocal(model.frame, rig.real(rig.pose.target))
    const next = patchWindow(ground, step, [x, y], detail.patchM, asked.current)
    if (next === asked.current) return
    asked.current = next
    setWindow(next)
  })
  const patch = useMemo(() => (window && ground?.type === 'grid' ? patchMesh(ground, step, window, model.frame.origin, detail.points) : null), [window, ground, step, model, detail])
  // The sheet makes room once the patch has been painted, and not before.
  const [hole, setHole] = useState(NO_HOLE)

  if (!isShown || opacity === 0 || !sheet) return null
  return (
    <>
      <GroundSheet mesh={sheet} paintPx={detail.paintPx} hole={patch ? hole : NO_HOLE} isWhole />
      {patch && <GroundSheet mesh={patch} paintPx={detail.paintPx / 2} hole={NO_HOLE} onPainted={setHole} />}
    </>
  )
}
