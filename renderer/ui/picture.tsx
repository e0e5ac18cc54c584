import type { Drawing, Shape } from '#shared/report/drawing.ts'

/** A drawing made of shapes, as wide as its place. */
export const Picture = ({ drawing, className }: { readonly drawing: Drawing; readonly className?: string }) => (
  <svg className={className} viewBox={`0 0 ${drawing.width} ${drawing.height}`} role="img" aria-label={drawing.label}>
    {drawing.shapes.map((shape, i) => <ShapeElement key={i} shape={shape} />)}
  </svg>
)

function ShapeElement({ shape }: { readonly shape: Shape }) {
  const { fill, stroke, strokeWidth, dash, opacity } = shape
  const paint = { fill: fill ?? (shape.type === 'text' ? undefined : 'none'), stroke, strokeWidth, strokeDasharray: dash, opacity }
  if (shape.type === 'path') return <path d={shape.d} {...paint} />
  if (shape.type === 'circle') return <circle cx={shape.x} cy={shape.y} r={shape.r} {...paint} />
  const halo = shape.halo === undefined ? {} : { stroke: shape.halo, strokeWidth: 3, paintOrder: 'stroke' as const }
  return <text x={shape.x} y={shape.y} fontSize={shape.size} textAnchor={shape.anchor} fontWeight={shape.isBold ? 600 : undefined} {...paint} {...halo}>{shape.text}</text>
}
