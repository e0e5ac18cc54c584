import type { AssetKind } from '../twin/kinds.ts'
import { ASSUMED_COVER_M, ASSUMED_DIAMETER_M } from './assumptions.ts'
import type { LayerMapping } from './mapping.ts'

/** What a format itself says about its fields; everything not given is absent from the format. */
export interface DeclaredMapping {
  readonly layer: string
  readonly target: LayerMapping['target']
  readonly id: string | null
  /** One kind for the layer, or a field with what its values mean. */
  readonly kind: AssetKind | LayerMapping['kind']
  readonly ownerField?: string
  readonly size?: Partial<LayerMapping['size']>
  readonly level?: Partial<LayerMapping['level']>
  readonly status?: Partial<LayerMapping['status']>
  readonly laying?: LayerMapping['laying']
  readonly pressureClass?: LayerMapping['pressureClass']
  readonly voltage?: LayerMapping['voltage']
  readonly flowDirection?: LayerMapping['flowDirection']
  readonly nodeType?: Partial<LayerMapping['nodeType']>
}

/** The mapping of a layer whose format defines what its fields mean (`SourceLayer.declared`): nothing has to be guessed from names. */
export function declaredMapping(declared: DeclaredMapping): LayerMapping {
  const kind = typeof declared.kind === 'string' ? { field: null, values: {}, fallback: declared.kind } : declared.kind
  return {
    layer: declared.layer,
    target: declared.target,
    id: { field: declared.id },
    kind,
    owner: { field: declared.ownerField ?? null, fallback: '' },
    size: {
      field: null, heightField: null, widthField: null, shapeField: null, unit: 'm', dimension: 'outer', wallField: null, wallUnit: 'mm',
      fallbackDiameterM: ASSUMED_DIAMETER_M[kind.fallback], ...declared.size,
    },
    level: {
      reference: 'axis', gravityReference: null, source: 'geometry', startField: null, endField: null, groundStartField: null, groundEndField: null,
      unit: 'm', zeroIsUnknown: true, fallbackCoverM: ASSUMED_COVER_M[kind.fallback], ...declared.level,
    },
    status: { field: null, values: {}, fallback: 'in_use', ...declared.status },
    pressureClass: declared.pressureClass ?? { field: null, values: {} },
    laying: declared.laying ?? { field: null, values: {} },
    voltage: declared.voltage ?? { field: null, unit: 'kV' },
    ...(declared.flowDirection && { flowDirection: declared.flowDirection }),
    nodeType: { field: null, values: {}, fallback: 'other', ...declared.nodeType },
  }
}
