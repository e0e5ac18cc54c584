import { kindColour } from '../../state/view/kind-colours.ts'
import type { ViewState } from '../../state/view/view-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import type { CutItem } from '#shared/profile/cut-world.ts'

interface CutOutlineProps {
  readonly item: CutItem
  readonly outline: readonly (readonly [number, number])[]
  readonly x: (u: number) => number
  readonly y: (z: number) => number
  readonly palette: ViewState['colours']
  readonly title: string
  readonly isOwn: boolean
  readonly isHovered: boolean
  readonly onClick: () => void
}

/** A true section in the colour of its kind; hovering it marks it in every view. Never smaller than can be seen. */
export function CutOutline({ item, outline, x, y, palette, title, isOwn, isHovered, onClick }: CutOutlineProps) {
  const points = outline.map(([u, z]) => [x(u), y(z)] as const)
  const [xs, ys] = [points.map(p => p[0]), points.map(p => p[1])]
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const common = {
    className: `cut-item ${isOwn ? 'cut-item--own' : ''} ${isHovered ? 'cut-item--hover' : ''} ${item.isRemoved ? 'cut-item--removed' : ''} ${item.isLevelAssumed ? 'cut-item--assumed' : ''}`,
    fill: kindColour(item.kind, palette),
    onClick,
    onPointerEnter: () => sessionStore.setState({ hover: { type: item.type, id: item.id } }),
    onPointerLeave: () => sessionStore.setState({ hover: null }),
  }
  return right - left < 4 && bottom - top < 4
    ? <circle {...common} cx={(left + right) / 2} cy={(top + bottom) / 2} r={2.5}><title>{title}</title></circle>
    : <polygon {...common} points={points.map(p => p.join(',')).join(' ')}><title>{title}</title></polygon>
}
