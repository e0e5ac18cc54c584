import { useStore } from 'zustand'
import { boxStore } from './box-store.ts'

/** The box of a selection being drawn. */
export function BoxLayer() {
  const box = useStore(boxStore, state => state.box)
  if (!box) return null
  const { fromX, fromY, toX, toY } = box
  return <div className="scene-box" style={{ left: Math.min(fromX, toX), top: Math.min(fromY, toY), width: Math.abs(toX - fromX), height: Math.abs(toY - fromY) }} />
}
