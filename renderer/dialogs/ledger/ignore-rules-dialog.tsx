import { EyeOff, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { RULE_NAMES, type RuleName } from '#shared/clearance/findings/finding.ts'
import { isInForce, type IgnoreRule } from '#shared/ledger/selection-set.ts'
import { removeIgnoreRule, saveIgnoreRule } from '../../actions/ledger/set-actions.ts'
import { shownResult } from '../../actions/check/finding-actions.ts'
import { useIgnored } from '../../panels/findings/use-ignored.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { localDay } from '../../state/findings/standings.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, Select } from '../../ui/fields.tsx'
import { SetSelect, useSetWords } from './set-select.tsx'
import '../dialogs.css'
import './ledger-dialogs.css'

/** What the lists of findings leave out, and why. Nothing is deleted: how many each rule hides is said here and above the list. */
export function IgnoreRulesDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('ledger')
  const rules = useStore(registerStore, state => state.ignoreRules)
  const { byRule } = useIgnored(shownResult()?.findings ?? [])
  return (
    <Dialog title={t('ignore.title')} closeLabel={t('common:close')} onClose={onClose} width={720}>
      <p className="soft">{t('ignore.text')}</p>
      <div className="sets">
        {Object.values(rules).map(({ id, body }) => <RuleRow key={id} id={id} rule={body} hidden={byRule.get(id) ?? 0} />)}
      </div>
      <NewRule />
    </Dialog>
  )
}

function RuleRow({ id, rule, hidden }: { readonly id: string; readonly rule: IgnoreRule; readonly hidden: number }) {
  const { t } = useTranslation('ledger')
  const canEdit = useStore(projectStore, state => state.info?.readOnly === null)
  const words = useSetWords()
  const isOn = isInForce(rule, localDay(new Date()))
  const scope = [
    t('jobs.of', { a: words(rule.a), b: words(rule.b) }), rule.rules.length > 0 ? rule.rules.map(name => t(`findings:rule.${name}`)).join(t('and')) : t('ignore.anyRule'),
    t(rule.alsoMandatory ? 'ignore.alsoMandatory' : 'ignore.advisoryOnly'), rule.expires ? t('ignore.until', { day: rule.expires }) : t('ignore.forGood'),
  ]
  return (
    <div className={`sets__row ${isOn ? '' : 'sets__row--off'}`}>
      <span>
        <span className="strong"><EyeOff size={14} /> {rule.reason}</span>
        <span className="mend__note">{scope.join(' · ')} · {rule.date} {rule.person || t('nobody')}</span>
      </span>
      <span className="sets__actions">
        <span className="soft">{isOn ? t('ignore.hides', { count: hidden }) : t('ignore.off')}</span>
        <Button look="quiet" disabled={!canEdit} onClick={() => void saveIgnoreRule(id, { ...rule, isActive: !rule.isActive })}>{t(rule.isActive ? 'ignore.turnOff' : 'ignore.turnOn')}</Button>
        <IconButton label={t('ignore.remove')} disabled={!canEdit} icon={<Trash2 size={14} />} onClick={() => void removeIgnoreRule(id)} />
      </span>
    </div>
  )
}

function NewRule() {
  const { t } = useTranslation('ledger')
  const canEdit = useStore(projectStore, state => state.info?.readOnly === null)
  const person = useStore(sessionStore, state => state.person)
  const blank = (): IgnoreRule => ({ reason: '', person, date: localDay(new Date()), expires: null, a: { type: 'all' }, b: { type: 'all' }, rules: [], alsoMandatory: false, isActive: true })
  const [draft, setDraft] = useState<IgnoreRule>(blank)
  const set = (part: Partial<IgnoreRule>) => setDraft({ ...draft, ...part })
  // A rule that hides everything hides what it is for.
  const isNarrow = draft.a.type !== 'all' || draft.b.type !== 'all' || draft.rules.length > 0
  return (
    <form
      className="form sets__new"
      onSubmit={event => {
        event.preventDefault()
        sessionStore.setState({ person: draft.person.trim() })
        void saveIgnoreRule(null, { ...draft, reason: draft.reason.trim(), person: draft.person.trim() }).then(isSaved => isSaved && setDraft(blank()))
      }}
    >
      <div className="sets__fields">
        <SetSelect label={t('ignore.a')} value={draft.a} onChange={a => set({ a })} />
        <SetSelect label={t('ignore.b')} value={draft.b} onChange={b => set({ b })} />
        <Field label={t('ignore.rule')}>
          <Select<RuleName | ''> aria-label={t('ignore.rule')} value={draft.rules[0] ?? ''} options={[{ value: '', label: t('ignore.anyRule') }, ...RULE_NAMES.map(name => ({ value: name, label: t(`findings:rule.${name}`) }))]} onChange={name => set({ rules: name === '' ? [] : [name] })} />
        </Field>
      </div>
      <Field label={t('ignore.reason')}><input className="input" value={draft.reason} maxLength={5000} onChange={event => set({ reason: event.target.value })} /></Field>
      <div className="sets__fields">
        <Field label={t('who')}><input className="input" value={draft.person} maxLength={200} onChange={event => set({ person: event.target.value })} /></Field>
        <Field label={t('ignore.expires')}><input className="input" type="date" value={draft.expires ?? ''} min={draft.date} onChange={event => set({ expires: event.target.value === '' ? null : event.target.value })} /></Field>
        <label className="check-row sets__check"><input type="checkbox" checked={draft.alsoMandatory} onChange={() => set({ alsoMandatory: !draft.alsoMandatory })} />{t('ignore.alsoMandatory')}</label>
      </div>
      <div className="sets__actions">
        <Button type="submit" icon={<Plus size={14} />} disabled={!canEdit || draft.reason.trim() === '' || !isNarrow}>{t('ignore.add')}</Button>
        {!isNarrow && <span className="faint small">{t('ignore.narrow')}</span>}
      </div>
    </form>
  )
}
