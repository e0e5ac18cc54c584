import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '#shared/core/result.ts'
import { combineRulePacks } from '#shared/rules/combine-packs.ts'
import { parseRulePackText, type PackProblem } from '#shared/rules/parse-rule-pack.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import { assetsFolder } from './host/assets-folder.ts'
import { contentHash } from './content-hash.ts'
import type { ProjectFile } from './project-file.ts'

/** A rule pack and the hash of its content. */
export interface HashedPack {
  readonly pack: RulePack
  readonly hash: string
}

export const DEFAULT_PACK_ID = 'gb50289-2016'

let shipped: readonly HashedPack[] | null = null

/** The packs of assets/rules, by id. @throws Error where a shipped pack is wrong: a defect of the build. */
export function shippedPacks(): readonly HashedPack[] {
  shipped ??= readdirSync(join(assetsFolder(), 'rules'))
    .filter(name => name.endsWith('.json'))
    .map(name => {
      const parsed = parseRulePackText(readFileSync(join(assetsFolder(), 'rules', name), 'utf8'))
      if (!parsed.ok) throw new Error(`rule pack ${name}: ${parsed.error.map(({ cell, code, detail }) => `${cell} ${code} ${detail}`).join('; ')}`)
      return hashed(parsed.value)
    })
    .sort((a, b) => (a.pack.id < b.pack.id ? -1 : 1))
  return shipped
}

export const shippedPack = (id: string): HashedPack | undefined => shippedPacks().find(({ pack }) => pack.id === id)

/** A user's pack. @throws what reading the file throws. */
export function readPackFile(path: string): Result<HashedPack, readonly PackProblem[]> {
  const parsed = parseRulePackText(readFileSync(path, 'utf8'))
  return parsed.ok ? { ok: true, value: hashed(parsed.value) } : parsed
}

/** The pack of this id that a project judges by: its own, else the shipped one. */
export function packFor(project: Pick<ProjectFile, 'recordsOf'>, id: string): HashedPack | undefined {
  const own = project.recordsOf(['rulePacks']).find(record => record.id === id)
  return own ? hashed(own.body as RulePack) : shippedPack(id)
}

/** One pack of several, with a hash of its own. */
export function combinedPack(packs: readonly HashedPack[]): Result<HashedPack, readonly PackProblem[]> {
  const combined = combineRulePacks(packs.map(({ pack }) => pack))
  return combined.ok ? { ok: true, value: hashed(combined.value) } : combined
}

const hashed = (pack: RulePack): HashedPack => ({ pack, hash: contentHash(pack) })
