import { sessionStore } from '../../state/app/session-store.ts'
import type { DigShape } from './dig-shapes.ts'

interface DigOutlineProps {
  readonly shape: DigShape
  readonly x: (u: number) => number
  readonly y: (z: number) => number
  readonly isSelected: boolean
  readonly title: string
}

/** The ground that is gone, hatched by its sides; a click selects the excavation. */
export function DigOutline({ shape, x, y, isSelected, title }: DigOutlineProps) {
  const points = (list: DigShape['outline']) => list.map(([u, z]) => `${x(u)},${y(z)}`).join(' ')
  return (
    <g className={`cut-dig cut-item ${isSelected ? 'cut-dig--selected' : ''}`} onClick={() => sessionStore.setState({ selection: { type: 'excavation', id: shape.id, corner: null } })}>
      <polygon className="cut-dig__open" points={points(shape.outline)}><title>{title}</title></polygon>
      <polyline className="cut-dig__sides" points={points(shape.sides)} />
    </g>
  )
}
