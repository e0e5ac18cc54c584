import type { SheetLayer } from '../../io/export/drawing-sheet.ts'
import { KIND_ACI } from '../../io/export/kind-aci.ts'
import { layerName } from '../../io/export/dxf-frame.ts'
import { ASSET_KINDS, type AssetKind } from '../../twin/kinds.ts'
import type { ReportData } from '../report-data.ts'

/** Layers of what is no pipe: colour number, colour, pen, look. */
const FIXED = {
  frame: [7, '#16202c', 50, 'continuous'], table: [7, '#16202c', 18, 'continuous'], text: [7, '#16202c', 18, 'continuous'],
  grid: [8, '#9aa4ae', 9, 'continuous'], building: [9, '#b4bbc3', 13, 'continuous'], surface: [9, '#c3cad1', 9, 'continuous'], street: [8, '#8b949d', 9, 'dashdot'],
  ground: [34, '#7a5a2b', 35, 'continuous'], level: [9, '#d3d9df', 9, 'continuous'], limit: [30, '#b05c00', 18, 'dashed'], dig: [42, '#8a6d1c', 35, 'dashed'],
  match: [6, '#a0207f', 25, 'dashdot'], chainage: [7, '#16202c', 18, 'continuous'], mandatory: [1, '#c8102e', 35, 'continuous'], advisory: [30, '#b26a00', 25, 'continuous'],
} as const satisfies Record<string, readonly [number, string, SheetLayer['pen'], SheetLayer['look']]>

export type FixedLayer = keyof typeof FIXED

/** Layers of one set of sheets, named in the reader's language. */
export interface SheetLayers {
  readonly fixed: Readonly<Record<FixedLayer, SheetLayer>>
  /** What lies in the ground, and its labels; what the scheme proposes is a layer of its own with a heavier pen. */
  kind(kind: AssetKind, isProposed: boolean): SheetLayer
}

export function sheetLayers({ words, kindColour }: Pick<ReportData, 'words' | 'kindColour'>): SheetLayers {
  const fixed = Object.fromEntries(Object.entries(FIXED).map(([id, [aci, css, pen, look]]) => [id, { name: layerName(words(`sheets:layer.${id}`)), aci, css, pen, look }])) as Record<FixedLayer, SheetLayer>
  const kinds = new Map(ASSET_KINDS.flatMap(kind => [false, true].map(isProposed => [`${kind} ${isProposed}`, {
    name: layerName(words(`kinds:kind.${kind}`), isProposed ? words('kinds:status.planned') : ''), aci: KIND_ACI[kind], css: kindColour(kind), pen: isProposed ? 70 : 25, look: 'continuous',
  } satisfies SheetLayer] as const)))
  return { fixed, kind: (kind, isProposed) => kinds.get(`${kind} ${isProposed}`)! }
}
