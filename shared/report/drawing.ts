/** A small picture as shapes: written as SVG on paper, drawn by the interface. Units are pixels, y down. */
export interface Drawing {
  readonly width: number
  readonly height: number
  /** What it shows, for who cannot see it. */
  readonly label: string
  readonly shapes: readonly Shape[]
}

interface Paint {
  readonly fill?: string
  readonly stroke?: string
  readonly strokeWidth?: number
  readonly dash?: string
  readonly opacity?: number
}

export type Shape =
  | (Paint & { readonly type: 'path'; readonly d: string })
  | (Paint & { readonly type: 'circle'; readonly x: number; readonly y: number; readonly r: number })
  | (Paint & { readonly type: 'text'; readonly x: number; readonly y: number; readonly text: string; readonly size: number; readonly anchor?: 'start' | 'middle' | 'end'; readonly isBold?: boolean; readonly halo?: string })

/** Colours of what is not a pipe. CSS colours; a caller on the screen may give variables. */
export interface DrawingColours {
  readonly paper: string
  readonly ink: string
  readonly soft: string
  readonly line: string
  readonly earth: string
  readonly ground: string
}

export const PAPER: DrawingColours = { paper: '#ffffff', ink: '#16202c', soft: '#5b6876', line: '#cfd6de', earth: '#f1ede6', ground: '#7a6a53' }

/** Two decimals are finer than any printer. */
const px = (value: number): string => String(Math.round(value * 100) / 100)

/** Path through points; `isClosed` for an outline. */
export const pathThrough = (points: readonly (readonly [number, number])[], isClosed = false): string =>
  points.length === 0 ? '' : `M${points.map(([x, y]) => `${px(x)} ${px(y)}`).join('L')}${isClosed ? 'Z' : ''}`

/** The drawing as an SVG element. Nothing in it refers to anything else. */
export function svgText({ width, height, label, shapes }: Drawing): string {
  return `<svg viewBox="0 0 ${px(width)} ${px(height)}" role="img" aria-label="${escapeMarkup(label)}" font-family="inherit">${shapes.map(shapeText).join('')}</svg>`
}

function shapeText(shape: Shape): string {
  const paint = `${attribute('fill', shape.fill ?? (shape.type === 'text' ? undefined : 'none'))}${attribute('stroke', shape.stroke)}${attribute('stroke-width', shape.strokeWidth)}${attribute('stroke-dasharray', shape.dash)}${attribute('opacity', shape.opacity)}`
  if (shape.type === 'path') return `<path d="${shape.d}"${paint} stroke-linejoin="round"/>`
  if (shape.type === 'circle') return `<circle cx="${px(shape.x)}" cy="${px(shape.y)}" r="${px(shape.r)}"${paint}/>`
  const halo = shape.halo === undefined ? '' : ` stroke="${shape.halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`
  return `<text x="${px(shape.x)}" y="${px(shape.y)}" font-size="${px(shape.size)}"${attribute('text-anchor', shape.anchor)}${shape.isBold ? ' font-weight="600"' : ''}${paint}${halo}>${escapeMarkup(shape.text)}</text>`
}

const attribute = (name: string, value: string | number | undefined): string => (value === undefined ? '' : ` ${name}="${escapeMarkup(String(value))}"`)

/** Text as markup shows it, without control characters. */
export const escapeMarkup = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- control characters are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
