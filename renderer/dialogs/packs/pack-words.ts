import type { TFunction } from 'i18next'
import type { RuleClass, RulePack } from '#shared/rules/rule-pack.ts'
import { SITE_WORDS } from '#shared/rules/site-words.ts'
import { SURFACE_CLASSES } from '#shared/twin/kinds.ts'
import { figure } from '../../i18n/format.ts'

export type Language = 'zh-CN' | 'en'

/** What people call a class; its id where it has no name. */
export const classTitle = (pack: RulePack, id: string, language: Language): string => pack.classes.find(known => known.id === id)?.title?.[language] ?? id

const listOf = <T>(value: T | readonly T[] | undefined): readonly T[] => (value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T])
const joined = (words: readonly string[], language: Language): string => words.join(language === 'zh-CN' ? '、' : ', ')
const band = (name: string, min: number | undefined, max: number | undefined, unit: string): string =>
  min !== undefined && max !== undefined ? `${plain(min)} < ${name} ≤ ${plain(max)} ${unit}` : min !== undefined ? `${name} > ${plain(min)} ${unit}` : max !== undefined ? `${name} ≤ ${plain(max)} ${unit}` : ''
const plain = (value: number): string => figure(value, Number.isInteger(value) ? 0 : 1)

export const kindWords = (t: TFunction, { match }: RuleClass, language: Language): string => joined(listOf(match.kind).map(kind => t(`kinds:kind.${kind}`)), language)

/** Conditions beside the kind, as a heading has them: `d > 200 mm`; empty where there are none. */
export function conditionWords(t: TFunction, { match }: RuleClass, language: Language): string {
  return [
    band('d', match.minDiameterM === undefined ? undefined : match.minDiameterM * 1000, match.maxDiameterM === undefined ? undefined : match.maxDiameterM * 1000, 'mm'),
    joined(listOf(match.pressureClass).map(pressure => t(`kinds:pressureClass.${pressure}`)), language),
    joined(listOf(match.laying).map(laying => t(`kinds:laying.${laying}`)), language),
    band('U', match.minVoltageKv, match.maxVoltageKv, 'kV'),
  ].filter(words => words !== '').join(' · ')
}

/** What a listed limit keeps a class to: a use of the ground, something on it, another class, a node. */
export function toWords(t: TFunction, pack: RulePack, word: string, language: Language): string {
  if ((SURFACE_CLASSES as readonly string[]).includes(word)) return t(`kinds:surface.${word}`)
  if ((SITE_WORDS as readonly string[]).includes(word)) return t(`findings:against.${word}`)
  if (pack.classes.some(({ id }) => id === word)) return classTitle(pack, word, language)
  return t(`kinds:nodeType.${word}`, { defaultValue: t(`kinds:kind.${word}`, { defaultValue: word }) })
}

/** A row or column of a matrix under the heading it shares with its neighbours, as printed tables have it. */
export interface Heading {
  readonly id: string
  /** Words over this one and the next `span` − 1; of those after the first, empty with a span of 0. */
  readonly group: string
  readonly span: number
  /** Null where the group's words say it all. */
  readonly label: string | null
  readonly title: string
}

/** What all names begin with, up to a blank or a mark: the heading a printed table puts over them. */
function sharedBeginning(names: readonly string[]): string {
  let length = 0
  while (names.every(name => length < name.length && name[length] === names[0]![length])) length++
  // One that is all of it ends a word; else the last blank or mark does.
  while (length > 0 && !names.every(name => name.length === length || /[\s,，、·:：]/.test(name[length]!) || /[\s,，、·:：]/.test(name[length - 1]!))) length--
  const beginning = names[0]!.slice(0, length)
  // `water main, d ≤ 200 mm` and `d > 200 mm` share their `d` too: what stands before the comma is the heading.
  const comma = Math.max(beginning.lastIndexOf(','), beginning.lastIndexOf('，'))
  return comma > 0 ? beginning.slice(0, comma + 1) : beginning
}

const withoutMarks = (words: string): string => words.replace(/^[\s,，、·:：]+|[\s,，、·:：]+$/g, '')

/** Classes of the same kinds, next to each other in the pack, share a heading; each is then told by what its name adds, or by its conditions. */
export function classHeadings(t: TFunction, pack: RulePack, ids: readonly string[], language: Language): Heading[] {
  const groups: RuleClass[][] = []
  for (const ruleClass of pack.classes.filter(({ id }) => ids.includes(id))) {
    const last = groups.at(-1)
    if (last && String(last[0]!.match.kind) === String(ruleClass.match.kind)) last.push(ruleClass)
    else groups.push([ruleClass])
  }
  return groups.flatMap((group): Heading[] => {
    const titles = group.map(({ id }) => classTitle(pack, id, language))
    if (group.length === 1) return [{ id: group[0]!.id, group: titles[0]!, span: 1, label: null, title: titles[0]! }]
    const shared = sharedBeginning(titles)
    const labels = shared === '' ? group.map(ruleClass => conditionWords(t, ruleClass, language)) : titles.map(title => withoutMarks(title.slice(shared.length)))
    const words = withoutMarks(shared) || kindWords(t, group[0]!, language) || t('packs:anyKind')
    return group.map(({ id }, k) => ({
      id, title: titles[k]!, group: k === 0 ? words : '', span: k === 0 ? group.length : 0,
      // A label that two share tells nothing: the name does.
      label: labels.filter(label => label === labels[k]).length > 1 ? titles[k]! : labels[k]! || t('packs:noCondition'),
    }))
  })
}

/** What stands on the ground as further columns under one heading. */
export const siteHeadings = (t: TFunction, words: readonly string[], group: string): Heading[] =>
  words.map((id, k) => ({ id, title: t(`findings:against.${id}`), group: k === 0 ? group : '', span: k === 0 ? words.length : 0, label: t(`findings:against.${id}`) }))
