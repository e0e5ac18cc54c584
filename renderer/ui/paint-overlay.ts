/** What carries this attribute lies over a canvas as part of its picture: names, marks, scale, legend. Buttons and hints do not. */
export const IN_PICTURE = { 'data-in-picture': '' } as const

/**
 * A canvas together with what lies over it in HTML, as one canvas of the same pixels. The browser gives no picture of HTML, so
 * boxes, words and vector shapes are drawn anew where they stand; shadows and gradients are left out.
 * @param canvas Drawn in this very task, where it does not keep its picture.
 */
export function withOverlay(canvas: HTMLCanvasElement): HTMLCanvasElement {
  const whole = canvas.ownerDocument.createElement('canvas')
  whole.width = canvas.width
  whole.height = canvas.height
  const context = whole.getContext('2d')!
  context.drawImage(canvas, 0, 0)
  const frame = canvas.getBoundingClientRect()
  const place: Place = { context, left: frame.left, top: frame.top, ratio: canvas.width / Math.max(1, frame.width) }
  for (const root of canvas.ownerDocument.querySelectorAll<HTMLElement>('[data-in-picture]')) {
    const box = root.getBoundingClientRect()
    if (box.right > frame.left && box.left < frame.right && box.bottom > frame.top && box.top < frame.bottom) paint(root, place)
  }
  return whole
}

interface Place {
  readonly context: CanvasRenderingContext2D
  /** Corner of the picture in the page, and its pixels to one of the page. */
  readonly left: number
  readonly top: number
  readonly ratio: number
}

function paint(element: Element, place: Place): void {
  const style = getComputedStyle(element)
  if (style.display === 'none') return
  const { context, left, top, ratio } = place
  context.save()
  context.globalAlpha *= Number(style.opacity)
  context.setTransform(ratio, 0, 0, ratio, -left * ratio, -top * ratio)
  const isSeen = style.visibility === 'visible'
  // Told by what they are, not by class: a window of its own has classes of its own.
  if (isShape(element)) {
    if (isSeen) paintShape(element, style, place)
  } else if (element.namespaceURI === HTML) {
    const box = element.getBoundingClientRect()
    if (isSeen && box.width > 0) paintBox(box, style, context)
    if (style.overflow !== 'visible') {
      context.beginPath()
      context.rect(box.left, box.top, box.width, box.height)
      context.clip()
    }
    if (isSeen) for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) paintWords(node as Text, style, context)
    if (isSeen && element.localName === 'select') paintChoice(element as HTMLSelectElement, box, style, context)
  }
  if (element.localName !== 'select') for (const child of element.children) paint(child, place)
  context.restore()
}

const HTML = 'http://www.w3.org/1999/xhtml'
const isShape = (element: Element): element is SVGGeometryElement => 'isPointInFill' in element

const SIDES = ['Top', 'Right', 'Bottom', 'Left'] as const

function paintBox(box: DOMRect, style: CSSStyleDeclaration, context: CanvasRenderingContext2D): void {
  const radius = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, box.width / 2, box.height / 2)
  context.beginPath()
  context.roundRect(box.left, box.top, box.width, box.height, radius)
  context.fillStyle = style.backgroundColor
  context.fill()
  const corners = [[box.left, box.top], [box.right, box.top], [box.right, box.bottom], [box.left, box.bottom]] as const
  context.save()
  context.clip()
  SIDES.forEach((side, i) => {
    const widthPx = Number.parseFloat(style[`border${side}Width`])
    if (!(widthPx > 0) || style[`border${side}Style`] === 'none') return
    const [from, to] = [corners[i]!, corners[(i + 1) % 4]!]
    context.beginPath()
    context.moveTo(from[0], from[1])
    context.lineTo(to[0], to[1])
    // Half of a line along the edge lies outside, where it is cut off.
    context.lineWidth = 2 * widthPx
    context.strokeStyle = style[`border${side}Color`]
    context.stroke()
  })
  context.restore()
}

/** Words stand where the browser broke them into lines. */
function paintWords(node: Text, style: CSSStyleDeclaration, context: CanvasRenderingContext2D): void {
  const text = node.data
  if (text.trim() === '') return
  setFont(style, context)
  const range = node.ownerDocument.createRange()
  let start = 0
  let line: DOMRect | null = null
  const flush = (end: number) => {
    if (line) context.fillText(text.slice(start, end).trim(), line.left, line.top + context.measureText('x').fontBoundingBoxAscent)
  }
  for (let i = 0; i < text.length; i++) {
    range.setStart(node, i)
    range.setEnd(node, i + 1)
    const box = range.getClientRects()[0]
    if (!box || box.width === 0) continue
    if (!line || box.top > line.top + 2) {
      flush(i)
      start = i
      line = box
    }
  }
  flush(text.length)
}

function paintChoice(select: HTMLSelectElement, box: DOMRect, style: CSSStyleDeclaration, context: CanvasRenderingContext2D): void {
  setFont(style, context)
  context.textBaseline = 'middle'
  context.fillText(select.selectedOptions[0]?.text ?? '', box.left + Number.parseFloat(style.paddingLeft), box.top + box.height / 2)
}

function setFont(style: CSSStyleDeclaration, context: CanvasRenderingContext2D): void {
  context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
  context.fillStyle = style.color
  context.textBaseline = 'alphabetic'
}

function paintShape(shape: SVGGeometryElement, style: CSSStyleDeclaration, { context, left, top, ratio }: Place): void {
  const matrix = shape.getScreenCTM()
  if (!matrix) return
  context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
  const outline = outlineOf(shape)
  if (style.fill !== 'none') {
    context.fillStyle = style.fill
    context.fill(outline)
  }
  const widthPx = Number.parseFloat(style.strokeWidth)
  if (style.stroke !== 'none' && widthPx > 0) {
    context.lineWidth = widthPx
    context.lineJoin = style.strokeLinejoin as CanvasLineJoin
    context.lineCap = style.strokeLinecap as CanvasLineCap
    context.setLineDash(style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[ ,]+/).map(Number.parseFloat))
    context.strokeStyle = style.stroke
    context.stroke(outline)
  }
  context.setTransform(ratio, 0, 0, ratio, -left * ratio, -top * ratio)
}

function outlineOf(shape: SVGGeometryElement): Path2D {
  const path = new Path2D(shape.getAttribute('d') ?? '')
  const figure = (name: string) => Number(shape.getAttribute(name) ?? 0)
  switch (shape.localName) {
    case 'line':
      path.moveTo(figure('x1'), figure('y1'))
      path.lineTo(figure('x2'), figure('y2'))
      break
    case 'circle': path.arc(figure('cx'), figure('cy'), figure('r'), 0, 2 * Math.PI); break
    case 'rect': path.rect(figure('x'), figure('y'), figure('width'), figure('height')); break
    case 'polygon': case 'polyline':
      for (const { x, y } of (shape as SVGPolygonElement).points) path.lineTo(x, y)
      if (shape.localName === 'polygon') path.closePath()
  }
  return path
}
