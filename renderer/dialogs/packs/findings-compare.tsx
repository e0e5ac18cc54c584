import type { TFunction } from 'i18next'
import { ClipboardCopy, GitCompareArrows, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { FindingDifference } from '#shared/clearance/findings/compare-findings.ts'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import type { CallOutput } from '#shared/contract/contract.ts'
import { againstWords, severityWords, sideWords } from '#shared/report/finding-words.ts'
import { ruleFigure } from '#shared/report/rule-figure.ts'
import { copyText } from '../../actions/files/clipboard-actions.ts'
import { compareFindingsOf, showFindingPlace } from '../../actions/check/pack-actions.ts'
import { count, dateTime } from '../../i18n/format.ts'
import { freshness } from '../../state/findings/freshness.ts'
import type { CheckScope } from '../../state/findings/findings-store.ts'
import { jobsStore } from '../../state/app/jobs-store.ts'
import { packEditorStore } from '../../state/findings/pack-editor-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { subjectOf } from '../../state/twin/subjects.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { DataTable, tableText, type TableColumn } from '../../ui/data-table.tsx'
import { EmptyState, Notice, ProgressBar } from '../../ui/display.tsx'
import { Field, Select } from '../../ui/fields.tsx'

type Comparison = CallOutput<'check.compare'>

interface FindingsCompareProps {
  readonly left: { readonly id: string; readonly title: string; readonly hash: string | null }
  readonly right: { readonly id: string; readonly title: string; readonly hash: string | null }
}

/** What two packs find in the open project: only by one, only by the other, or judged differently. A row shows the place. */
export function FindingsCompare({ left, right }: FindingsCompareProps) {
  const { t, i18n } = useTranslation('packs')
  const scenarioId = useStore(scenarioStore, state => state.activeId)
  const jobs = useStore(registerStore, state => state.checkJobs)
  const kept = useStore(packEditorStore, state => state.comparison)
  const [scope, setScope] = useState<CheckScope>(kept?.scope ?? 'network')
  const [isRunning, setIsRunning] = useState(false)
  const run = useRef<AbortController | null>(null)
  useEffect(() => () => run.current?.abort(), [])
  const comparison = kept?.left.pack.id === left.id && kept.right.pack.id === right.id && kept.left.scenarioId === scenarioId ? kept : null
  const compare = async () => {
    run.current = new AbortController()
    setIsRunning(true)
    await compareFindingsOf(left.id, right.id, scope, run.current)
    setIsRunning(false)
  }
  const scopes: { value: CheckScope; label: string }[] = [
    { value: 'network', label: t('findings:scope.network') }, ...(scenarioId === null ? [] : [{ value: 'proposals' as const, label: t('findings:scope.proposals') }]),
    ...Object.values(jobs).map(({ id, body }) => ({ value: `job:${id}` as const, label: body.name })),
  ]
  return (
    <div className="pack-compare">
      <div className="pack-compare__bar">
        <Field inline label={t('compare.scope')}><Select<CheckScope> value={scope} options={scopes} onChange={setScope} disabled={isRunning} /></Field>
        <Button look="primary" icon={<GitCompareArrows size={14} />} disabled={isRunning} onClick={() => void compare()}>{t('compare.run')}</Button>
        {isRunning && <Running onCancel={() => run.current?.abort()} />}
        {comparison && !isRunning && <span className="soft">{t('compare.at', { at: dateTime(comparison.checkedAt, i18n.language) })}</span>}
      </div>
      {comparison ? <Compared comparison={comparison} left={left} right={right} /> : !isRunning && <EmptyState icon={<GitCompareArrows size={24} />} title={t('compare.none.title')} text={t('compare.none.text')} />}
    </div>
  )
}

function Running({ onCancel }: { readonly onCancel: () => void }) {
  const { t } = useTranslation('packs')
  const job = useStore(jobsStore, state => state.jobs.findLast(({ titleKey }) => titleKey === 'packs:job.compare'))
  return (
    <span className="pack-compare__job" role="status">
      <ProgressBar fraction={job?.fraction ?? null} label={t('job.compare')} />
      <IconButton size="small" label={t('app:job.cancel')} icon={<X size={12} />} onClick={onCancel} />
    </span>
  )
}

interface Row {
  readonly difference: FindingDifference
  readonly sort: string
  readonly a: string
  readonly b: string
  readonly rule: string
  readonly changes: string
}

function Compared({ comparison, left, right }: FindingsCompareProps & { readonly comparison: Comparison }) {
  const { t } = useTranslation('packs')
  const project = useStore(projectStore)
  const scenario = useStore(scenarioStore, activeScenario)
  const language = useStore(viewStore, state => state.language)
  const [pair, setPair] = useState<string | null>(null)
  const { columns } = project
  const document = scenario?.document ?? null
  const rows = useMemo(() => (comparison.differences as readonly FindingDifference[]).map((difference): Row & { pair: string } => {
    const finding = (difference.left ?? difference.right)!
    const [a, b] = [subjectOf(finding.a[0] ?? '', columns, document), subjectOf(finding.b[0] ?? '', columns, document)]
    const kinds = finding.against ? [a?.kind ?? 'unknown', finding.against.type] : finding.b.length === 0 ? [a?.kind ?? 'unknown', finding.rule.startsWith('cover') ? 'ground' : 'itself'] : [a?.kind ?? 'unknown', b?.kind ?? 'unknown'].sort()
    return {
      difference, pair: kinds.join(' '), sort: t(`compare.sort.${difference.sort}`, { left: left.title, right: right.title }), a: sideWords(t, finding.a, a), b: againstWords(t, finding, b),
      rule: t(`findings:rule.${finding.rule}`), changes: difference.changes.map(change => t(`compare.change.${change}`)).join(language === 'zh-CN' ? '、' : ', '),
    }
  }), [comparison, columns, document, t, left.title, right.title, language])
  const shown = pair === null ? rows : rows.filter(row => row.pair === pair)
  const tableColumns = useMemo(() => columnsOf(t, left.title, right.title), [t, left.title, right.title])
  const kindWords = (kind: string) => t(`kinds:kind.${kind}`, { defaultValue: t(`findings:against.${kind}`, { defaultValue: t(`findings:side.${kind}`, { defaultValue: kind }) }) })
  // A pack that was edited since, another twin or scheme: what is shown may no longer hold.
  const asked = { ...comparison, findings: [], pairCount: 0, durationMs: 0, partial: false, label: { ...comparison.left, pack: project.pack ? { ...comparison.left.pack, id: project.info?.packId ?? '', hash: project.pack.hash } : comparison.left.pack } }
  const isStale = freshness(asked, project, scenario) !== 'fresh' || (left.hash !== null && left.hash !== comparison.left.pack.hash) || (right.hash !== null && right.hash !== comparison.right.pack.hash)
  const only = (side: 'onlyLeft' | 'onlyRight' | 'changed') => comparison.tallies.reduce((sum, tally) => sum + tally[side], 0)
  return (
    <>
      {isStale && <Notice tone="warning" icon={null}>{t('compare.stale')}</Notice>}
      <p className="pack-compare__sum">
        <b className="strong">{t('compare.same', { count: comparison.same, n: count(comparison.same) })}</b> · {t('compare.only', { n: count(only('onlyLeft')), pack: left.title })} · {t('compare.only', { n: count(only('onlyRight')), pack: right.title })} · {t('compare.changed', { n: count(only('changed')) })}
        <IconButton label={t('common:copyTable')} disabled={shown.length === 0} icon={<ClipboardCopy size={14} />} onClick={() => void copyText(tableText(tableColumns, shown.length, i => shown[i]!), 'app:toast.tableCopied', { count: shown.length })} />
      </p>
      {comparison.total > comparison.differences.length && <Notice tone="info" icon={null}>{t('compare.cut', { shown: count(comparison.differences.length), total: count(comparison.total) })}</Notice>}
      {comparison.tallies.length > 0 && (
        <div className="pack-compare__tallies" role="group" aria-label={t('compare.byKinds')}>
          {comparison.tallies.map(({ a, b, onlyLeft, onlyRight, changed }) => {
            const key = `${a} ${b}`
            return <button key={key} type="button" className="chip" aria-pressed={pair === key} onClick={() => setPair(pair === key ? null : key)} title={t('compare.tally', { onlyLeft, onlyRight, changed, left: left.title, right: right.title })}>{kindWords(a)} – {kindWords(b)} <b className="strong">{count(onlyLeft + onlyRight + changed)}</b></button>
          })}
        </div>
      )}
      <DataTable
        label={t('tab.findings')} columns={tableColumns} rowCount={shown.length} rowAt={i => shown[i]!} rowKey={i => `${shown[i]!.difference.left?.id} ${shown[i]!.difference.right?.id}`} selectedIndex={null} sort={null} onSort={() => undefined}
        onOpen={({ difference }) => showFindingPlace((difference.left ?? difference.right)!)} empty={<EmptyState icon={null} title={t('compare.alike')} />}
      />
    </>
  )
}

function columnsOf(t: TFunction, left: string, right: string): TableColumn<Row>[] {
  const judged = (finding: Finding | null) => (finding ? `${ruleFigure(finding.rule, finding.required)} · ${severityWords(t, finding)}` : '–')
  const side = (id: string, title: string, of: (difference: FindingDifference) => Finding | null): TableColumn<Row> =>
    ({ id, title, width: 'minmax(150px, 1fr)', sortable: false, text: row => judged(of(row.difference)), render: row => (of(row.difference) ? judged(of(row.difference)) : <span className="faint">–</span>) })
  return [
    { id: 'sort', title: t('compare.column.sort'), width: 'minmax(120px, 0.8fr)', sortable: false, text: row => [row.sort, row.changes].filter(words => words !== '').join(': '), render: row => <span className="truncate" title={row.changes}>{row.sort}{row.changes && <span className="soft"> {row.changes}</span>}</span> },
    { id: 'rule', title: t('findings:column.rule'), width: 'minmax(110px, 0.6fr)', sortable: false, text: row => row.rule, render: row => row.rule },
    { id: 'a', title: t('findings:column.a'), width: 'minmax(100px, 0.8fr)', sortable: false, text: row => row.a, render: row => row.a },
    { id: 'b', title: t('findings:column.b'), width: 'minmax(100px, 0.8fr)', sortable: false, text: row => row.b, render: row => row.b },
    { id: 'found', title: t('findings:column.found'), width: '84px', align: 'right', sortable: false, text: ({ difference: { left: l, right: r } }) => ruleFigure((l ?? r)!.rule, (l ?? r)!.found), render: ({ difference: { left: l, right: r } }) => ruleFigure((l ?? r)!.rule, (l ?? r)!.found) },
    side('left', left, ({ left: finding }) => finding), side('right', right, ({ right: finding }) => finding),
  ]
}
