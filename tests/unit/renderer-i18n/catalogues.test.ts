import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { appActions } from '#renderer/actions/app-actions.ts'
import { RULE_NAMES, VERDICTS } from '#shared/clearance/findings/finding.ts'
import { contract } from '#shared/contract/contract.ts'
import { COMMON_ERRORS } from '#shared/contract/define.ts'
import { ISSUE_CODES } from '#shared/core/issues.ts'
import { TWIN_EDIT_KINDS } from '#shared/ledger/twin-edit.ts'
import { PACK_PROBLEMS } from '#shared/rules/parse-rule-pack.ts'
import { BASES } from '#shared/rules/rule-pack.ts'
import { SITE_WORDS } from '#shared/rules/site-words.ts'
import { REJECTION_CODES } from '#shared/scenario/rejection.ts'
import { ASSUMED } from '#shared/twin/asset.ts'
import { ASSET_KINDS, ASSET_STATUSES, LAYINGS, LEVEL_REFERENCES, NODE_TYPES, PRESSURE_CLASSES, SURFACE_CLASSES } from '#shared/twin/kinds.ts'

const LOCALES = join(import.meta.dirname, '..', '..', '..', 'assets', 'locales')
const namespaces = readdirSync(join(LOCALES, 'en')).filter(file => file.endsWith('.json')).map(file => file.slice(0, -'.json'.length))

type Texts = ReadonlyMap<string, string>

/** Every text of a namespace by its dotted key. */
function read(language: 'en' | 'zh-CN', namespace: string): Texts {
  const texts = new Map<string, string>()
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string') texts.set(path, value)
    else if (Array.isArray(value)) value.forEach((item, i) => visit(item, `${path}[${i}]`))
    else for (const [key, child] of Object.entries(value as object)) visit(child, path === '' ? key : `${path}.${key}`)
  }
  visit(JSON.parse(readFileSync(join(LOCALES, language, `${namespace}.json`), 'utf8')), '')
  return texts
}

/** English counts in two forms, Chinese in one: the forms of a text are one text here. */
const withoutPlural = (key: string) => key.replace(/_(one|other)$/, '')
const placeholders = (text: string) => [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(match => match[1]))].sort()
const keys = (texts: Texts) => [...new Set([...texts.keys()].map(withoutPlural))].sort()

it('both languages have the same namespaces', () => {
  expect(readdirSync(join(LOCALES, 'zh-CN')).sort()).toEqual(readdirSync(join(LOCALES, 'en')).sort())
})

describe.each(namespaces)('namespace %s', namespace => {
  const en = read('en', namespace)
  const zh = read('zh-CN', namespace)

  it('has the same keys in both languages', () => {
    expect(keys(zh)).toEqual(keys(en))
  })

  it('has the same placeholders in both languages', () => {
    const ofKey = (texts: Texts) => Object.fromEntries(keys(texts).map(key => {
      const forms = [...texts].filter(([other]) => withoutPlural(other) === key).map(([, text]) => text)
      return [key, [...new Set(forms.flatMap(placeholders))].sort()]
    }))
    expect(ofKey(zh)).toEqual(ofKey(en))
  })

  it('has both forms of every English count, and for each the one form of Chinese', () => {
    const of = (texts: Texts, form: string) => [...texts.keys()].filter(key => key.endsWith(`_${form}`)).map(withoutPlural).sort()
    expect(of(en, 'other')).toEqual(expect.arrayContaining(of(en, 'one')))
    expect(of(zh, 'other')).toEqual(of(en, 'other'))
  })

  it('has no empty text', () => {
    expect([...en, ...zh].filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('is Chinese in Chinese: no text of more than two words is left in English', () => {
    const isName = (text: string) => /^(Switch to English|Underplan)/.test(text) || !/[a-z]{2,} [a-z]{2,} [a-z]{2,}/i.test(text)
    expect([...zh].filter(([, text]) => !/[\u4e00-\u9fff]/.test(text) && !isName(text))).toEqual([])
  })
})

describe.each(['en', 'zh-CN'] as const)('in %s there is a text for', language => {
  const missing = (namespace: string, prefix: string, codes: Iterable<string>) => {
    const texts = read(language, namespace)
    return [...codes].filter(code => !texts.has(prefix + code) && !texts.has(`${prefix}${code}_other`))
  }

  it('every error a call may answer', () => {
    const codes = new Set<string>([...COMMON_ERRORS, ...Object.values(contract).flatMap(spec => [...spec.errors])])
    expect(missing('errors', '', codes)).toEqual([])
  })

  it('every issue of imported data', () => {
    expect(missing('issues', '', ISSUE_CODES)).toEqual([])
  })

  it('every refusal of an edit', () => {
    expect(missing('scenario', 'rejection.', REJECTION_CODES)).toEqual([])
  })

  it('every rule, verdict and basis of a finding', () => {
    expect(missing('findings', 'rule.', RULE_NAMES)).toEqual([])
    expect(missing('findings', 'sentence.', RULE_NAMES)).toEqual([])
    expect(missing('findings', 'verdict.', VERDICTS)).toEqual([])
    expect(missing('findings', 'basis.', BASES)).toEqual([])
    expect(missing('findings', 'against.', SITE_WORDS)).toEqual([])
    expect(missing('cli-check', 'rule.', RULE_NAMES)).toEqual([])
    expect(missing('cli-check', 'packProblem.', PACK_PROBLEMS)).toEqual([])
  })

  it('every kind, laying, pressure class, status, node type, level reference, surface and assumption', () => {
    expect(missing('kinds', 'kind.', ASSET_KINDS)).toEqual([])
    expect(missing('kinds', 'laying.', LAYINGS)).toEqual([])
    expect(missing('kinds', 'pressureClass.', PRESSURE_CLASSES)).toEqual([])
    expect(missing('kinds', 'status.', ASSET_STATUSES)).toEqual([])
    expect(missing('kinds', 'nodeType.', NODE_TYPES)).toEqual([])
    expect(missing('kinds', 'levelReference.', LEVEL_REFERENCES)).toEqual([])
    expect(missing('kinds', 'surface.', SURFACE_CLASSES)).toEqual([])
    expect(missing('app', 'assumed.', Object.keys(ASSUMED))).toEqual([])
  })

  it('every sort of edit of the ledger', () => {
    expect(missing('ledger', 'kind.', TWIN_EDIT_KINDS)).toEqual([])
    expect(missing('ledger', 'edit.', TWIN_EDIT_KINDS)).toEqual([])
  })

  it('every action and its group', () => {
    expect(missing('app', 'action.', appActions.map(action => action.id))).toEqual([])
    expect(missing('app', 'group.', new Set(appActions.map(action => action.group)))).toEqual([])
  })

  it('no other name of an action that is none', () => {
    const named = [...read(language, 'app').keys()].filter(key => key.startsWith('alsoCalled.')).map(key => key.slice('alsoCalled.'.length))
    expect(named.filter(id => !appActions.some(action => action.id === id))).toEqual([])
    expect(named.length).toBeGreaterThan(20)
  })

  it('every rule of giving way in the shipped packs', () => {
    const folder = join(LOCALES, '..', 'rules')
    const packs = readdirSync(folder).filter(file => file.endsWith('.json')).map(file => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { yielding: { yields: string; to: string }[] })
    expect(missing('findings', 'yield.', packs.flatMap(pack => pack.yielding.flatMap(({ yields, to }) => [yields, to])))).toEqual([])
  })
})
