import { CircleAlert, Copy, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { classNotices, classUses, withClass, withoutClass, type ClassNotice } from '#shared/rules/edit-classes.ts'
import { parseRulePack, type PackProblem } from '#shared/rules/parse-rule-pack.ts'
import type { RuleClass, RulePack } from '#shared/rules/rule-pack.ts'
import { ASSET_KINDS, LAYINGS, PRESSURE_CLASSES } from '#shared/twin/kinds.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/display.tsx'
import { Field, NumberInput, TextInput } from '../../ui/fields.tsx'
import { ProblemList } from './problem-list.tsx'
import { classTitle, conditionWords, kindWords } from './pack-words.ts'

interface ClassEditorProps {
  readonly pack: RulePack
  /** Null where the pack cannot be edited. */
  readonly onChange: ((pack: RulePack) => void) | null
}

/** The classes a pack sorts lines into: what a line must be to belong to one, how many limits name it, what looks odd about it. */
export function ClassEditor({ pack, onChange }: ClassEditorProps) {
  const { t } = useTranslation('packs')
  const language = useStore(viewStore, state => state.language)
  const [at, setAt] = useState<number | null>(null)
  const [problems, setProblems] = useState<readonly PackProblem[]>([])
  const notices = classNotices(pack)
  const chosen = at === null ? undefined : pack.classes[at]
  /** Takes a change where the pack still makes sense with it; else says why not and leaves the pack as it is. */
  const take = (next: RulePack): boolean => {
    const parsed = parseRulePack(next)
    setProblems(parsed.ok ? [] : parsed.error)
    if (parsed.ok) onChange?.(next)
    return parsed.ok
  }
  const add = (ruleClass: RuleClass) => {
    if (take(withClass(pack, pack.classes.length, ruleClass))) setAt(pack.classes.length)
  }
  return (
    <div className="pack-classes">
      <div className="pack-matrix__scroll">
        {pack.classes.length === 0 ? <EmptyState icon={null} title={t('classes.none')} /> : (
          <table className="pack-cover">
            <thead><tr><th scope="col">{t('class')}</th><th scope="col">{t('classes.kinds')}</th><th scope="col">{t('classes.conditions')}</th><th scope="col" className="pack-cover__figure">{t('classes.uses')}</th><th scope="col">{t('classes.notices')}</th></tr></thead>
            <tbody>
              {pack.classes.map((ruleClass, k) => (
                <tr key={ruleClass.id} className={k === at ? 'pack-cover--open' : ''} onClick={() => setAt(k)}>
                  <th scope="row"><button type="button" className="link" onClick={() => setAt(k)}>{classTitle(pack, ruleClass.id, language)}</button></th>
                  <td>{kindWords(t, ruleClass, language) || <span className="faint">{t('anyKind')}</span>}</td>
                  <td>{conditionWords(t, ruleClass, language) || <span className="faint">–</span>}</td>
                  <td className="pack-cover__figure">{classUses(pack, ruleClass.id)}</td>
                  <td><Notices pack={pack} notices={notices.filter(({ classId }) => classId === ruleClass.id)} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      {problems.length > 0 && <ProblemList problems={problems} />}
      {onChange && (
        <div className="pack-classes__bar">
          <Button icon={<Plus size={14} />} onClick={() => add({ id: freeId(pack, 'class'), title: { 'zh-CN': t('classes.newName', { lng: 'zh-CN' }), en: t('classes.newName', { lng: 'en' }) }, match: { kind: 'water' } })}>{t('classes.add')}</Button>
          {chosen && <Button look="quiet" icon={<Copy size={14} />} onClick={() => add({ ...chosen, id: freeId(pack, chosen.id) })}>{t('classes.copy')}</Button>}
          {chosen && <Button look="quiet" icon={<Trash2 size={14} />} onClick={() => { if (take(withoutClass(pack, chosen.id))) setAt(null) }}>{t('classes.remove', { count: classUses(pack, chosen.id) })}</Button>}
        </div>
      )}
      {chosen && at !== null && onChange && <ClassForm key={at} ruleClass={chosen} onChange={next => void take(withClass(pack, at, next))} />}
    </div>
  )
}

/** An id no class of the pack has. */
function freeId(pack: RulePack, stem: string): string {
  let n = 2
  while (pack.classes.some(({ id }) => id === `${stem}_${n}`)) n++
  return `${stem}_${n}`
}

function Notices({ pack, notices }: { readonly pack: RulePack; readonly notices: readonly ClassNotice[] }) {
  const { t } = useTranslation('packs')
  const language = useStore(viewStore, state => state.language)
  return notices.map(({ code, detail }) => (
    <span key={code} className="pack-classes__notice"><CircleAlert size={12} className="is-warning" />{t(`classes.notice.${code}`, { detail: code === 'gap' ? detail : classTitle(pack, detail, language) })}</span>
  ))
}

function ClassForm({ ruleClass, onChange }: { readonly ruleClass: RuleClass; readonly onChange: (next: RuleClass) => void }) {
  const { t } = useTranslation('packs')
  const { id, match } = ruleClass
  const title = ruleClass.title ?? { 'zh-CN': id, en: id }
  const withMatch = (changes: { readonly [K in keyof RuleClass['match']]?: RuleClass['match'][K] | undefined }) =>
    onChange({ ...ruleClass, match: Object.fromEntries(Object.entries({ ...match, ...changes }).filter(([, value]) => value !== undefined)) as RuleClass['match'] })
  const millimetres = (value: number | undefined) => (value === undefined ? null : value * 1000)
  return (
    <section className="cell-editor" aria-label={t('classes.form')}>
      <div className="pack-classes__form">
        <Field label={t('classes.titleZh')}><TextInput value={title['zh-CN']} maxLength={200} onCommit={zh => onChange({ ...ruleClass, title: { ...title, 'zh-CN': zh } })} /></Field>
        <Field label={t('classes.titleEn')}><TextInput value={title.en} maxLength={200} onCommit={en => onChange({ ...ruleClass, title: { ...title, en } })} /></Field>
        <Field label={t('classes.id')}><TextInput value={id} maxLength={200} onCommit={next => onChange({ ...ruleClass, id: next.trim() })} /></Field>
        <Field label={t('classes.minDiameter')}><NumberInput value={millimetres(match.minDiameterM)} decimals={0} min={0} max={100_000} unit="mm" onCommit={mm => withMatch({ minDiameterM: mm / 1000 })} onClear={() => withMatch({ minDiameterM: undefined })} /></Field>
        <Field label={t('classes.maxDiameter')}><NumberInput value={millimetres(match.maxDiameterM)} decimals={0} min={0} max={100_000} unit="mm" onCommit={mm => withMatch({ maxDiameterM: mm / 1000 })} onClear={() => withMatch({ maxDiameterM: undefined })} /></Field>
        <Field label={t('classes.minVoltage')}><NumberInput value={match.minVoltageKv ?? null} decimals={1} min={0} max={2000} unit="kV" onCommit={minVoltageKv => withMatch({ minVoltageKv })} onClear={() => withMatch({ minVoltageKv: undefined })} /></Field>
        <Field label={t('classes.maxVoltage')}><NumberInput value={match.maxVoltageKv ?? null} decimals={1} min={0} max={2000} unit="kV" onCommit={maxVoltageKv => withMatch({ maxVoltageKv })} onClear={() => withMatch({ maxVoltageKv: undefined })} /></Field>
      </div>
      <Choices label={t('classes.kinds')} all={ASSET_KINDS} chosen={match.kind} words={kind => t(`kinds:kind.${kind}`)} onChange={kind => withMatch({ kind })} />
      <Choices label={t('classes.pressure')} all={PRESSURE_CLASSES} chosen={match.pressureClass} words={pressure => t(`kinds:pressureClass.${pressure}`)} onChange={pressureClass => withMatch({ pressureClass })} />
      <Choices label={t('classes.laying')} all={LAYINGS} chosen={match.laying} words={laying => t(`kinds:laying.${laying}`)} onChange={laying => withMatch({ laying })} />
    </section>
  )
}

interface ChoicesProps<T extends string> {
  readonly label: string
  readonly all: readonly T[]
  readonly chosen: T | readonly T[] | undefined
  readonly words: (value: T) => string
  readonly onChange: (chosen: T | T[] | undefined) => void
}

/** One or several of a condition's values, of which one must hold; none: the condition is not asked. */
function Choices<T extends string>({ label, all, chosen, words, onChange }: ChoicesProps<T>) {
  const list = all.filter(value => (typeof chosen === 'string' ? chosen === value : (chosen ?? []).includes(value)))
  const toggle = (value: T) => {
    const next = all.filter(known => (known === value ? !list.includes(value) : list.includes(known)))
    onChange(next.length === 0 ? undefined : next.length === 1 ? next[0] : next)
  }
  return (
    <div className="pack-classes__choices" role="group" aria-label={label}>
      <span className="soft small">{label}</span>
      {all.map(value => <button key={value} type="button" className="chip" aria-pressed={list.includes(value)} onClick={() => toggle(value)}>{words(value)}</button>)}
    </div>
  )
}
