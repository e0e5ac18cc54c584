import { createHash } from 'node:crypto'
import type { LayerMapping } from '#shared/io/mapping.ts'

/** What two sources must share for one mapping to serve both: the kind of geometry and the names of the fields, in any order. */
export function fieldSignature(layer: { readonly geometry: string; readonly fields: readonly { readonly name: string }[] }): string {
  const names = layer.fields.map(field => field.name).sort()
  return createHash('sha256').update(JSON.stringify([layer.geometry, names])).digest('hex')
}

/**
 * A mapping made for another source with the same fields, fitted to this one: its own name, and the kind its own name
 * says (water and sewer layers of one survey often share their fields).
 */
export function fitRemembered(remembered: LayerMapping, proposed: LayerMapping): LayerMapping {
  const fallback = proposed.kind.fallback === 'unknown' ? remembered.kind.fallback : proposed.kind.fallback
  return { ...remembered, layer: proposed.layer, kind: { ...remembered.kind, fallback } }
}
