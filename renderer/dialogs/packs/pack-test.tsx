import { CircleCheck, CircleX, ListPlus, Trash2 } from 'lucide-react'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { classesOf } from '#shared/rules/asset-classes.ts'
import type { PackTest, RulePack } from '#shared/rules/rule-pack.ts'
import { runPackTests, testedLimit } from '#shared/rules/run-pack-tests.ts'
import { ASSET_KINDS, LAYINGS, PRESSURE_CLASSES, SURFACE_CLASSES, type Laying, type PressureClass } from '#shared/twin/kinds.ts'
import { figure } from '../../i18n/format.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Field, NumberInput, Select } from '../../ui/fields.tsx'
import { WeightBadge } from './cell-source.tsx'
import { classTitle } from './pack-words.ts'

type Line = PackTest['a']
type Asked = Pick<PackTest, 'limit' | 'surface'>

const ASKED: readonly Asked[] = [
  { limit: 'horizontal' }, { limit: 'first_above' }, { limit: 'second_above' }, { limit: 'distance' }, ...SURFACE_CLASSES.map(surface => ({ limit: 'cover' as const, surface })),
]

interface PackTestsProps {
  readonly pack: RulePack
  readonly onChange: ((pack: RulePack) => void) | null
}

/** Two lines as one would describe them, and what the pack asks of them, with the reason; kept as tests that run again with every change. */
export function PackTests({ pack, onChange }: PackTestsProps) {
  const { t } = useTranslation('packs')
  const language = useStore(viewStore, state => state.language)
  const [a, setA] = useState<Line>({ kind: 'water', diameterM: 0.3, laying: 'direct' })
  const [b, setB] = useState<Line>({ kind: 'gas', diameterM: 0.2, laying: 'direct', pressureClass: 'medium_a' })
  const classNames = (line: Line) => classesOf(line, pack).map(i => classTitle(pack, pack.classes[i]!.id, language)).join(' · ') || t('noClass')
  const asked = ASKED.filter(({ limit }) => limit !== 'distance' || pack.semantics === 'distance').filter(({ limit }) => limit === 'distance' || limit === 'cover' || pack.semantics !== 'distance')
  const keep = (test: PackTest) => onChange?.({ ...pack, tests: [...(pack.tests ?? []), test] })
  return (
    <div className="pack-test">
      <LineFields legend={t('test.first')} line={a} classes={classNames(a)} onChange={setA} />
      <LineFields legend={t('test.second')} line={b} classes={classNames(b)} onChange={setB} />
      <table className="pack-cover">
        <tbody>
          {asked.map(ask => {
            const limit = testedLimit(pack, { a, b, ...ask })
            return (
              <tr key={`${ask.limit} ${ask.surface}`}>
                <th scope="row">{limitWords(t, ask)}</th>
                <td className="pack-cover__figure">{limit ? `${figure(limit.minM, 3)} m` : <span className="faint">{t('test.none')}</span>}</td>
                <td className="soft">{limit && <>{t('test.because', { clause: limit.clause })} <WeightBadge basis={limit.basis} /> {t(`findings:basis.${limit.basis}`)}</>}</td>
                {onChange && <td><Button look="quiet" icon={<ListPlus size={14} />} onClick={() => keep({ a, b, ...ask, needsM: limit?.minM ?? null, because: limit ? t('test.because', { clause: limit.clause }) : '' })}>{t('test.keep')}</Button></td>}
              </tr>
            )
          })}
        </tbody>
      </table>
      <KeptTests pack={pack} onChange={onChange} />
    </div>
  )
}

const limitWords = (t: TFunction, { limit, surface }: Asked): string =>
  limit === 'horizontal' || limit === 'distance' ? t(`tab.${limit}`) : limit === 'cover' ? t('test.cover', { surface: t(`kinds:surface.${surface ?? 'roadway'}`) }) : t(limit === 'first_above' ? 'test.firstAbove' : 'test.secondAbove')

const lineWords = (t: TFunction, { kind, diameterM, pressureClass, laying, voltageKv }: Line): string =>
  [t(`kinds:kind.${kind}`), `${figure(diameterM * 1000, 0)} mm`, pressureClass && t(`kinds:pressureClass.${pressureClass}`), laying && t(`kinds:laying.${laying}`), voltageKv && `${figure(voltageKv, 1)} kV`].filter(Boolean).join(' ')

function KeptTests({ pack, onChange }: PackTestsProps) {
  const { t } = useTranslation('packs')
  const outcomes = runPackTests(pack)
  const withTests = (tests: readonly PackTest[]) => {
    const { tests: _, ...rest } = pack
    onChange?.(tests.length === 0 ? rest : { ...pack, tests: [...tests] })
  }
  const change = (at: number, changes: Partial<PackTest>) => withTests(outcomes.map(({ test }, k) => (k === at ? { ...test, ...changes } : test)))
  const failed = outcomes.filter(({ passes }) => !passes).length
  return (
    <section className="pack-test__kept" aria-label={t('test.kept')}>
      <h3>{t('test.kept')} <span className="soft">{outcomes.length === 0 ? t(onChange ? 'test.keepHint' : 'test.noneKept') : failed === 0 ? t('test.allPass', { count: outcomes.length }) : t('test.someFail', { count: failed, total: outcomes.length })}</span></h3>
      {outcomes.length > 0 && (
        <table className="pack-cover">
          <thead><tr><th scope="col">{t('test.outcome')}</th><th scope="col">{t('test.what')}</th><th scope="col" className="pack-cover__figure">{t('test.needs')}</th><th scope="col" className="pack-cover__figure">{t('test.gives')}</th><th scope="col">{t('test.reason')}</th>{onChange && <th />}</tr></thead>
          <tbody>
            {outcomes.map(({ test, limit, passes }, at) => (
              <tr key={at}>
                <td>{passes ? <span className="pack-test__mark"><CircleCheck size={14} className="is-good" />{t('test.passes')}</span> : <span className="pack-test__mark"><CircleX size={14} className="is-danger" />{t('test.fails')}</span>}</td>
                <th scope="row">{test.limit === 'cover' ? lineWords(t, test.a) : t('test.pair', { a: lineWords(t, test.a), b: lineWords(t, test.b) })} · {limitWords(t, test)}</th>
                <td className="pack-cover__figure">{onChange ? <NumberInput aria-label={t('test.needs')} value={test.needsM} decimals={3} min={0} max={1000} unit="m" onCommit={needsM => change(at, { needsM })} onClear={() => change(at, { needsM: null })} /> : test.needsM === null ? t('test.none') : `${figure(test.needsM, 3)} m`}</td>
                <td className="pack-cover__figure">{limit ? `${figure(limit.minM, 3)} m` : t('test.none')}</td>
                <td>{test.because}</td>
                {onChange && <td><IconButton size="small" label={t('remove')} icon={<Trash2 size={14} />} onClick={() => withTests(outcomes.filter((_, k) => k !== at).map(outcome => outcome.test))} /></td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

interface LineFieldsProps {
  readonly legend: string
  readonly line: Line
  readonly classes: string
  readonly onChange: (line: Line) => void
}

function LineFields({ legend, line, classes, onChange }: LineFieldsProps) {
  const { t } = useTranslation('packs')
  const none = { value: '' as const, label: '–' }
  return (
    <fieldset className="pack-test__line">
      <legend>{legend}</legend>
      <Field label={t('app:field.kind')}><Select value={line.kind} onChange={kind => onChange({ ...line, kind })} options={ASSET_KINDS.map(value => ({ value, label: t(`kinds:kind.${value}`) }))} /></Field>
      <Field label={t('test.diameter')}><NumberInput value={line.diameterM * 1000} decimals={0} min={1} max={30_000} unit="mm" onCommit={mm => onChange({ ...line, diameterM: mm / 1000 })} /></Field>
      <Field label={t('test.laying')}><Select<Laying | ''> value={line.laying ?? ''} onChange={laying => onChange({ ...line, laying: laying === '' ? undefined : laying })} options={[none, ...LAYINGS.map(value => ({ value, label: t(`kinds:laying.${value}`) }))]} /></Field>
      <Field label={t('test.pressure')}><Select<PressureClass | ''> value={line.pressureClass ?? ''} onChange={pressure => onChange({ ...line, pressureClass: pressure === '' ? undefined : pressure })} options={[none, ...PRESSURE_CLASSES.map(value => ({ value, label: t(`kinds:pressureClass.${value}`) }))]} /></Field>
      <Field label={t('test.voltage')}><NumberInput value={line.voltageKv ?? null} decimals={1} min={0.1} max={2000} unit="kV" onCommit={voltageKv => onChange({ ...line, voltageKv })} /></Field>
      <p className="soft">{t('test.classes', { classes })}</p>
    </fieldset>
  )
}
