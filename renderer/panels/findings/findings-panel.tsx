import { CircleAlert, CircleCheck, ClipboardCopy, EyeOff, PenLine, ScanSearch, ShieldCheck, TriangleAlert } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Finding } from '#shared/clearance/findings/finding.ts'
import { blockLookup } from '#shared/quality/block-lookup.ts'
import { checkAgain } from '../../actions/check/check-actions.ts'
import { copyText } from '../../actions/files/clipboard-actions.ts'
import { openFinding, setFindingsScope, setShownOrder, showFindingsOf } from '../../actions/check/finding-actions.ts'
import { count, figure, dateTime } from '../../i18n/format.ts'
import { freshness } from '../../state/findings/freshness.ts'
import { findingsStore, resultKey, resultOf, scopeSort, type CheckResult, type CheckScope } from '../../state/findings/findings-store.ts'
import { kindColour } from '../../state/view/kind-colours.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { activeScenario, scenarioStore } from '../../state/scheme/scenario-store.ts'
import { sessionStore } from '../../state/app/session-store.ts'
import { subjectOf, type Subject } from '../../state/twin/subjects.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { DataTable, tableText, type TableColumn, type TableSort } from '../../ui/data-table.tsx'
import { EmptyState, Notice, Swatch } from '../../ui/display.tsx'
import { Select } from '../../ui/fields.tsx'
import { FilterBox } from '../../ui/filter-box.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SeverityMark } from '../../ui/severity-mark.tsx'
import { ActionButton } from '../action-button.tsx'
import { useUncut } from '../use-uncut.ts'
import { arrangeRows, findingRows, type FindingRow, type ListedRow } from './finding-rows.ts'
import { FindingsTools, type Looking } from './findings-tools.tsx'
import { StatusMark } from './status-mark.tsx'
import { useIgnored } from './use-ignored.ts'
import { grouped, useListed } from './use-listed.ts'
import { isScreening, unitOf, type RuleName } from '#shared/clearance/findings/finding.ts'
import { severityWords } from '#shared/report/finding-words.ts'
import { ruleFigure } from '#shared/report/rule-figure.ts'
import '../lists.css'
import './findings.css'

/** One row per finding: what is wrong, between whom, by how much, by which clause. Opening one frames it in the 3D view. */
export function FindingsPanel() {
  const { t, i18n } = useTranslation('findings')
  const project = useStore(projectStore)
  const scenario = useStore(scenarioStore, activeScenario)
  const activeId = useStore(scenarioStore, state => state.activeId)
  const scope = useStore(sessionStore, state => state.findingsScope)
  const result = useStore(findingsStore, state => resultOf(state, activeId, scope))
  const isRunning = useStore(findingsStore, state => state.running.has(resultKey(activeId, scope)))
  const openId = useStore(sessionStore, state => state.findingId)
  const palette = useStore(viewStore, state => state.colours)
  const [looking, setLooking] = useState<Looking>({ text: '', statuses: [], showTouching: false, groupBy: 'none' })
  const { text: filter, showTouching } = looking
  const setFilter = (text: string) => setLooking({ ...looking, text })
  const records = useStore(registerStore, state => state.findingStates)
  const [sort, setSort] = useState<TableSort>({ columnId: 'severity', descending: false })

  const document = scenario?.document ?? null
  const all = useMemo(
    () => findingRows(t, result?.findings ?? [], id => subjectOf(id, project.columns, document)),
    [t, result, project.columns, document],
  )
  const ignored = useIgnored(result?.findings ?? NO_FINDINGS)
  const [showsIgnored, setShowsIgnored] = useState(false)
  const blockId = useStore(sessionStore, session => session.findingsBlock)
  const blocks = project.context?.blocks
  const block = blocks?.find(({ id }) => id === blockId)
  const wanted = useMemo(() => {
    const kept = showsIgnored || ignored.ids.size === 0 ? all : all.filter(row => !ignored.ids.has(row.finding.id))
    if (!block || !project.columns) return kept
    const [x0, y0] = project.columns.origin
    const blockAt = blockLookup([block], project.columns.origin)
    return kept.filter(({ finding: { at: { a, b } } }) => blockAt((a[0] + b[0]) / 2 - x0, (a[1] + b[1]) / 2 - y0) === 0)
  }, [all, ignored, showsIgnored, block, project.columns])
  const listed = useListed(wanted, looking, records)
  const touching = useMemo(() => wanted.filter(row => row.finding.rule === 'touching').length, [wanted])
  const rows = useMemo(
    () => grouped(arrangeRows(listed, filter, sort, i18n.language), looking.groupBy !== 'none', i18n.language),
    [listed, filter, sort, looking.groupBy, i18n.language],
  )
  useEffect(() => setShownOrder(rows.map(row => row.finding.id)), [rows])
  const columns = useMemo(() => tableColumns(t, palette, looking.groupBy !== 'none'), [t, palette, looking.groupBy])
  const shownIds = useMemo(() => rows.map(row => row.finding.id), [rows])
  const state = freshness(result, project, scenario)
  const openIndex = rows.findIndex(row => row.finding.id === openId)

  return (
    <div className="panel">
      <div className="panel__bar">
        <Segmented
          label={t('scope.label')} value={scope} onChange={setFindingsScope}
          options={(activeId === null ? ['network'] as const : ['proposals', 'lifeline', 'network'] as const).map(value => ({ value: value as CheckScope, label: t(`scope.${value}`) }))}
        />
        <JobSelect scope={scope} />
        <ResultLine result={result} rows={rows} isRunning={isRunning} />
        {touching > 0 && (
          <label className="check-row"><input type="checkbox" checked={showTouching} onChange={() => setLooking({ ...looking, showTouching: !showTouching })} />{t('showTouching', { count: touching })}</label>
        )}
        {block && <button type="button" className="chip" aria-pressed title={t('ledger:block.all')} onClick={() => showFindingsOf(null)}>{block.name || block.id} ×</button>}
        {ignored.ids.size > 0 && (
          <button type="button" className="button button--quiet" aria-pressed={showsIgnored} title={t('ledger:ignore.toggle')} onClick={() => setShowsIgnored(!showsIgnored)}>
            <EyeOff size={14} />{t('ledger:ignore.hidden', { count: ignored.ids.size })}
          </button>
        )}
        <div className="findings__filter"><FilterBox value={filter} placeholder={t('filter')} clearLabel={t('common:clear')} onChange={setFilter} /></div>
        <IconButton label={t('common:copyTable')} disabled={rows.length === 0} icon={<ClipboardCopy size={14} />} onClick={() => void copyText(tableText(columns, rows.length, i => rows[i]!), 'app:toast.tableCopied', { count: rows.length })} />
      </div>
      {result && <FindingsTools looking={looking} onLook={setLooking} shownIds={shownIds} result={result} />}
      {!isRunning && result && state !== 'fresh' && (
        <Notice tone="warning" icon={<CircleAlert size={14} />} action={<CheckAgain scope={scope} />}>
          {state === 'incomplete' && result.total !== undefined ? t('stale.cut', { shown: count(result.findings.length), total: count(result.total) }) : t(`stale.${state}`)}
        </Notice>
      )}
      <DataTable
        label={t('app:panel.findings')} columns={columns} rowCount={rows.length}
        rowAt={i => rows[i]!} rowKey={i => rows[i]!.finding.id} selectedIndex={openIndex < 0 ? null : openIndex}
        sort={sort} onSort={setSort} onOpen={row => openFinding(row.finding.id)}
        empty={<NoFindings result={result} isRunning={isRunning} isFiltered={all.length > 0} lines={Object.keys(document?.proposals ?? {}).length + Object.keys(document?.excavations ?? {}).length + (scope === 'lifeline' ? Object.keys(document?.removals ?? {}).length : 0)} />}
      />
    </div>
  )
}

const NO_FINDINGS: readonly Finding[] = []

/** Saved jobs, whose results are listed as those of the scheme and of the network are. */
function JobSelect({ scope }: { readonly scope: CheckScope }) {
  const { t } = useTranslation('ledger')
  const jobs = useStore(registerStore, state => state.checkJobs)
  if (Object.keys(jobs).length === 0) return null
  const options = Object.values(jobs).sort((p, q) => p.body.name.localeCompare(q.body.name)).map(({ id, body }) => ({ value: `job:${id}`, label: body.name }))
  return (
    <Select<string>
      aria-label={t('jobs.title')} className={scope.startsWith('job:') ? 'findings__job--on' : ''} value={scope.startsWith('job:') ? scope : ''}
      options={[...(scope.startsWith('job:') ? [] : [{ value: '', label: t('jobs.pick') }]), ...options]} onChange={value => value !== '' && setFindingsScope(value as CheckScope)}
    />
  )
}

function CheckAgain({ scope, isPrimary = false }: { readonly scope: CheckScope; readonly isPrimary?: boolean }) {
  const { t } = useTranslation('ledger')
  if (scope.startsWith('job:')) return <Button look={isPrimary ? 'primary' : 'quiet'} icon={<ShieldCheck size={14} />} onClick={() => void checkAgain(scope)}>{t('jobs.run')}</Button>
  const id = scope === 'proposals' ? 'check.run' : scope === 'lifeline' ? 'check.runLifeline' : 'check.runNetwork'
  return <ActionButton id={id} icon={isPrimary ? <ShieldCheck size={14} /> : null} {...(isPrimary && { look: 'primary' as const })} />
}

function ResultLine({ result, rows, isRunning }: { readonly result: CheckResult | null; readonly rows: readonly FindingRow[]; readonly isRunning: boolean }) {
  const { t, i18n } = useTranslation('findings')
  if (isRunning) return <span className="findings__line soft truncate">{result?.partial ? <><b className="strong">{t('soFar', { count: rows.length })}</b> · {t('runningPart')}</> : t('running')}</span>
  if (!result) return <span className="findings__line" />
  const mandatory = rows.filter(row => row.finding.mandatory)
  const certain = rows.filter(row => row.finding.verdict === 'certain')
  const certainMandatory = certain.filter(row => row.finding.mandatory).length
  return (
    <span className="findings__line soft truncate">
      <b className="strong">{t('count', { count: rows.length })}</b>
      {rows.length > 0 && rows.every(row => isScreening(row.finding.rule)) ? <> · {t('countScreening')}</> : rows.length > 0 && <> · {t('countMandatory', { count: mandatory.length, certain: certainMandatory })} · {t('countAdvisory', { count: rows.length - mandatory.length, certain: certain.length - certainMandatory })}</>}
      <span className="faint"> · {t('checkedAt', { at: dateTime(result.checkedAt, i18n.language) })}: {t(`covered.${scopeSort(result.scope)}`)}</span>
    </span>
  )
}

interface NoFindingsProps {
  readonly result: CheckResult | null
  readonly isRunning: boolean
  readonly isFiltered: boolean
  readonly lines: number
}

/** Nothing in the table means four different things; each is said, with the next step. */
function NoFindings({ result, isRunning, isFiltered, lines }: NoFindingsProps) {
  const { t } = useTranslation('findings')
  const scope = useStore(sessionStore, state => state.findingsScope)
  const isEmpty = useStore(projectStore, state => state.columns?.count === 0)
  const uncut = useUncut(useStore(scenarioStore, state => state.activeId))
  if (isFiltered) return <EmptyState icon={<ScanSearch size={24} />} title={t('empty.filtered.title')} text={t('empty.filtered.text')} />
  if (isRunning) return <EmptyState icon={<ShieldCheck size={24} />} title={t('running')} />
  if (lines === 0 && (isEmpty || scope === 'proposals' || scope === 'lifeline')) {
    return <EmptyState icon={<PenLine size={24} />} title={t('empty.noLines.title')} text={t('empty.noLines.text')}><ActionButton id="tools.newPipeline" icon={<PenLine size={14} />} look="primary" /></EmptyState>
  }
  if (!result) {
    return (
      <EmptyState icon={<ScanSearch size={24} />} title={t('empty.unchecked.title')} text={t(scope === 'lifeline' ? 'empty.unchecked.lifeline' : 'empty.unchecked.text')}>
        <CheckAgain scope={scope} isPrimary />
      </EmptyState>
    )
  }
  // Of the scheme alone: an excavation that cannot be computed was not checked either.
  if (scope === 'proposals' && uncut > 0) return <EmptyState icon={<TriangleAlert size={24} />} title={t('empty.uncut.title', { count: uncut })} text={t('empty.uncut.text')} />
  const clear = { proposals: 'empty.clear', network: 'empty.clear', lifeline: 'empty.clearLifeline', job: 'empty.clearJob' }[scopeSort(scope)]
  return <EmptyState icon={<CircleCheck size={24} className="is-good" />} title={t(`${clear}.title`)} text={t(`${clear}.text`)} />
}

/** Metres as the column's title says; another unit is written out. */
const figureCell = (rule: RuleName, value: number): string => (unitOf(rule) === 'm' ? figure(value, 3) : ruleFigure(rule, value))

type T = ReturnType<typeof useTranslation<'findings'>>['t']

function tableColumns(t: T, palette: 'standard' | 'colour_blind', isGrouped: boolean): TableColumn<ListedRow>[] {
  const side = (subject: Subject | null, name: string) => (
    <span className="finding-side" title={subject?.owner ? `${name} · ${subject.owner}` : name}>
      {subject && <Swatch colour={kindColour(subject.kind, palette)} />}
      <span className="truncate">{name}{subject?.owner && <span className="faint"> · {subject.owner}</span>}</span>
    </span>
  )
  const group: TableColumn<ListedRow> = { id: 'group', title: t('review:column.group'), width: 'minmax(90px, 0.6fr)', text: row => row.group, render: row => row.group || <span className="faint">–</span> }
  return [
    ...(isGrouped ? [group] : []),
    {
      id: 'severity', title: t('column.severity'), width: '144px', text: row => severityWords(t, row.finding),
      render: ({ finding }) => <span className="finding-severity"><SeverityMark mandatory={finding.mandatory} verdict={finding.verdict} />{severityWords(t, finding)}</span>,
    },
    { id: 'rule', title: t('column.rule'), text: row => row.ruleWords, width: 'minmax(116px, 0.7fr)', render: row => row.finding.others.length > 0 ? <>{row.ruleWords} <span className="faint">+{row.finding.others.length}</span></> : row.ruleWords },
    { id: 'a', title: t('column.a'), text: row => row.aWords, width: 'minmax(130px, 1fr)', render: row => side(row.a, row.aWords) },
    { id: 'b', title: t('column.b'), text: row => row.bWords, width: 'minmax(130px, 1fr)', render: row => side(row.b, row.bWords) },
    { id: 'required', title: t('column.required'), text: row => figureCell(row.finding.rule, row.finding.required), unit: 'm', width: '72px', align: 'right', render: ({ finding }) => figureCell(finding.rule, finding.required) },
    { id: 'found', title: t('column.found'), text: row => figureCell(row.finding.rule, row.finding.found), unit: 'm', width: '72px', align: 'right', render: ({ finding }) => figureCell(finding.rule, finding.found) },
    { id: 'shortfall', title: t('column.shortfall'), text: row => figureCell(row.finding.rule, row.finding.shortfall), unit: 'm', width: '80px', align: 'right', render: ({ finding }) => finding.shortfall > 0 ? <b className="strong">{figureCell(finding.rule, finding.shortfall)}</b> : <span className="faint">{figureCell(finding.rule, finding.shortfall)}</span> },
    { id: 'status', title: t('review:column.status'), text: row => row.statusWords, width: '112px', render: row => <span title={row.statusWords}><StatusMark status={row.standing.status} />{row.standing.reopened ? ' !' : ''}</span> },
    { id: 'assignee', title: t('review:column.assignee'), text: row => row.standing.state?.assignee ?? '', width: '96px', render: row => row.standing.state?.assignee || <span className="faint">–</span> },
    { id: 'clause', title: t('column.clause'), text: row => row.finding.clause, width: '72px', render: ({ finding }) => finding.clause === '' ? <span className="faint">–</span> : finding.clause },
  ]
}
