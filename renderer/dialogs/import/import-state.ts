import type { LayerMapping } from '#shared/io/mapping.ts'
import type { ImportOutcome, ImportRequest, InspectedFile, InspectedLayer } from '../../actions/files/import-actions.ts'

/** The wizard's state: what was read, how it is mapped, what a dry run said of exactly that. */
export interface ImportState {
  readonly step: 'files' | 'mapping' | 'review'
  readonly isBusy: boolean
  readonly files: readonly InspectedFile[]
  /** Mapping of layer `layer` of file `file`, as the user has corrected it. */
  readonly mappings: readonly (readonly LayerMapping[])[]
  readonly open: { readonly file: number; readonly layer: number }
  readonly crs: string | null
  readonly outcome: ImportOutcome | null
}

export type ImportEvent =
  | { readonly type: 'busy'; readonly isBusy: boolean }
  | { readonly type: 'inspected'; readonly files: readonly InspectedFile[]; readonly crs: string | null }
  | { readonly type: 'opened'; readonly file: number; readonly layer: number }
  | { readonly type: 'mapped'; readonly mapping: LayerMapping }
  | { readonly type: 'placed'; readonly crs: string | null }
  | { readonly type: 'tried'; readonly outcome: ImportOutcome }
  | { readonly type: 'wentTo'; readonly step: ImportState['step'] }

export const INITIAL_IMPORT: ImportState = {
  step: 'files', isBusy: false, files: [], mappings: [], open: { file: 0, layer: 0 }, crs: null, outcome: null,
}

export function importReducer(state: ImportState, event: ImportEvent): ImportState {
  switch (event.type) {
    case 'busy':
      return { ...state, isBusy: event.isBusy }
    case 'inspected':
      return {
        ...INITIAL_IMPORT, step: 'mapping', files: event.files, crs: event.crs,
        mappings: event.files.map(file => file.layers.map(layer => layer.mapping)),
        open: firstLayer(event.files),
      }
    case 'opened':
      return { ...state, open: { file: event.file, layer: event.layer } }
    case 'mapped': {
      const { file, layer } = state.open
      const mappings = state.mappings.map((layers, f) => (f === file ? layers.map((mapping, l) => (l === layer ? event.mapping : mapping)) : layers))
      return { ...state, mappings, outcome: null }
    }
    case 'placed':
      return { ...state, crs: event.crs, outcome: null }
    case 'tried':
      return { ...state, outcome: event.outcome, step: 'review' }
    case 'wentTo':
      return { ...state, step: event.step }
  }
}

function firstLayer(files: readonly InspectedFile[]): ImportState['open'] {
  const file = files.findIndex(candidate => candidate.layers.length > 0)
  return { file: Math.max(0, file), layer: 0 }
}

export interface OpenLayer {
  readonly layer: InspectedLayer
  readonly mapping: LayerMapping
}

export function openLayer(state: ImportState): OpenLayer | null {
  const layer = state.files[state.open.file]?.layers[state.open.layer]
  const mapping = state.mappings[state.open.file]?.[state.open.layer]
  return layer && mapping ? { layer, mapping } : null
}

/** What the host is asked for: files with nothing to take in them stay out, but for those that others are read with. */
export function importRequest(state: ImportState): ImportRequest | null {
  const files = state.files.flatMap((file, f) => {
    const layers = [...(state.mappings[f] ?? [])]
    return file.isPart || file.surfaces + file.boreholes + file.alignments > 0 || layers.some(layer => layer.target !== 'skip') ? [{ ticket: file.ticket, layers, isPart: file.isPart }] : []
  })
  const takesSomething = files.some(file => !file.isPart)
  return takesSomething ? { files: files.map(({ ticket, layers }) => ({ ticket, layers })), crs: state.crs } : null
}
