import { ownerDirectory, type Owner } from '../register/owner.ts'
import type { Words } from './words.ts'

/** How to reach a body, a line each: the number that answers at all hours first. Empty where it is not registered. */
export function reachOf(owner: Owner | null, words: Words): string[] {
  if (!owner) return []
  const { contact, phone, emergencyPhone } = owner
  return [
    ...(emergencyPhone ? [words('report:owner.emergency', { phone: emergencyPhone })] : []),
    ...(contact || phone ? [[contact, phone].filter(part => part !== '').join(' ')] : []),
  ]
}

/** Registered name of an owner as a ledger writes it, with how to reach them. */
export function ownerReach(owners: readonly Owner[], words: Words): (written: string) => { readonly name: string; readonly reach: readonly string[] } {
  const directory = ownerDirectory(owners)
  return written => ({ name: directory.nameOf(written), reach: reachOf(directory.find(written), words) })
}
