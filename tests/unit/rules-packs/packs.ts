import { readdirSync, readFileSync } from 'node:fs'
import { parseRulePackText } from '#shared/rules/parse-rule-pack.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'

const FOLDER = new URL('../../../assets/rules/', import.meta.url)

/** Names of the shipped packs' files, without the ending. */
export const PACK_IDS: readonly string[] = readdirSync(FOLDER).filter(name => name.endsWith('.json')).map(name => name.slice(0, -'.json'.length)).sort()

/** A shipped pack as the product reads it. @throws Error where it does not parse. */
export function shipped(id: string): RulePack {
  const parsed = parseRulePackText(readFileSync(new URL(`${id}.json`, FOLDER), 'utf8'))
  if (!parsed.ok) throw new Error(parsed.error.map(({ cell, code, detail }) => `${id}: ${cell} ${code} ${detail}`).join('\n'))
  return parsed.value
}
