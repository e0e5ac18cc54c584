import type { Proposal } from './document.ts'

/** What a line may have beside kind, owner and size; null where it is not said. */
export type OptionalProperties = { readonly [name in 'laying' | 'pressureClass' | 'voltageKv' | 'material' | 'bendRadiusM' | 'ductBank']?: Proposal[name] | null | undefined }

/** Those of them that are said: a key that is present but empty is none. */
export function saidProperties({ laying, pressureClass, voltageKv, material, bendRadiusM, ductBank }: OptionalProperties): Pick<Proposal, keyof OptionalProperties> {
  return {
    ...(laying != null && { laying }), ...(pressureClass != null && { pressureClass }), ...(voltageKv != null && { voltageKv }),
    ...(material != null && material !== '' && { material }), ...(bendRadiusM != null && { bendRadiusM }), ...(ductBank != null && { ductBank }),
  }
}
