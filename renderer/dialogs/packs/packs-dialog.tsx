import { BookCheck, Copy, FileDown, FileUp, Lock, Redo2, Sheet, Trash2, Undo2 } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { packCitation } from '#shared/report/finding-words.ts'
import { LISTED_TABLES, type ListedTable } from '#shared/rules/listed-cells.ts'
import type { PackProblem } from '#shared/rules/parse-rule-pack.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import { runPackTests } from '#shared/rules/run-pack-tests.ts'
import { download } from '../../actions/files/download.ts'
import { changePack, copyPack, exportMatrix, fetchHashedPack, importMatrix, importPack, removePack, stepPack } from '../../actions/check/pack-actions.ts'
import { choosePack } from '../../actions/files/project-actions.ts'
import { showToast } from '../../state/app/jobs-store.ts'
import { hostStore } from '../../state/app/host-store.ts'
import { PACK_TABS, packEditorStore, type PackTab } from '../../state/findings/pack-editor-store.ts'
import { projectStore } from '../../state/twin/project-store.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { viewStore } from '../../state/view/view-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Badge } from '../../ui/display.tsx'
import { Field, Select } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { ClassEditor } from './class-editor.tsx'
import { FindingsCompare } from './findings-compare.tsx'
import { ListedLimits } from './listed-limits.tsx'
import { PackCompare } from './pack-compare.tsx'
import { PackMatrix } from './pack-matrix.tsx'
import { PackTests } from './pack-test.tsx'
import { ProblemList } from './problem-list.tsx'
import './packs.css'

/** Rule packs: what each asks for, as the printed tables have it; copies that can be edited; a test and a comparison. */
export function PacksDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('packs')
  const shipped = useStore(hostStore, state => state.packs)
  const own = useStore(registerStore, state => state.rulePacks)
  const usedId = useStore(projectStore, state => state.info?.packId ?? null)
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  const language = useStore(viewStore, state => state.language)
  const id = useStore(packEditorStore, state => state.packId ?? usedId ?? shipped[0]?.id ?? '')
  const tab = useStore(packEditorStore, state => state.tab)
  const setId = (packId: string) => packEditorStore.setState({ packId })
  const setTab = (next: PackTab) => packEditorStore.setState({ tab: next })
  const [problems, setProblems] = useState<readonly PackProblem[]>([])
  const current = usePack(id)
  const pack = current?.pack ?? null
  const fileRef = useRef<HTMLInputElement>(null)
  const isOwn = own[id] !== undefined
  const entries = [...shipped.map(entry => ({ ...entry, isOwn: false })), ...Object.values(own).map(({ body }) => ({ id: body.id, version: body.version, title: body.title, isOwn: true }))]
  const change = pack && isOwn && !isReadOnly ? (next: RulePack) => void changePack(pack, next) : null
  const canUndo = useStore(packEditorStore, state => (state.past[id]?.length ?? 0) > 0) && change !== null
  const canRedo = useStore(packEditorStore, state => (state.future[id]?.length ?? 0) > 0) && change !== null
  const step = (direction: 'past' | 'future') => {
    if (pack && (direction === 'past' ? canUndo : canRedo)) void stepPack(pack, direction)
  }
  const undoKeys = (event: KeyboardEvent) => {
    // A field takes its own text back.
    if (!(event.ctrlKey || event.metaKey) || (event.target instanceof HTMLElement && event.target.closest('input, select, textarea'))) return
    const key = event.key.toLowerCase()
    if (key !== 'z' && key !== 'y') return
    event.preventDefault()
    event.stopPropagation()
    step(key === 'y' || event.shiftKey ? 'future' : 'past')
  }
  const failing = pack ? runPackTests(pack).filter(({ passes }) => !passes).length : 0
  const copy = async () => {
    const made = pack && (await copyPack(pack, { 'zh-CN': t('copyMark', { lng: 'zh-CN' }), en: t('copyMark', { lng: 'en' }) }))
    if (made) setId(made)
  }
  const read = async (file: File) => {
    if (/\.xlsx$/i.test(file.name)) {
      // A matrix is figures alone: it needs the pack whose classes they are between.
      if (!pack || !isOwn) return showToast('warning', 'packs:matrixNeedsCopy')
      setProblems(await importMatrix(pack, new Uint8Array(await file.arrayBuffer())))
      return
    }
    const outcome = await importPack(await file.text())
    if ('id' in outcome) setId(outcome.id)
    setProblems('problems' in outcome ? outcome.problems : [])
  }
  return (
    <Dialog
      title={t('title')} closeLabel={t('common:close')} width={1360} onClose={onClose}
      footer={(
        <>
          <span className="soft packs__hint">{t(isOwn ? 'ownHint' : 'shippedHint')}</span>
          <Button look="quiet" icon={<FileUp size={14} />} disabled={isReadOnly} onClick={() => fileRef.current?.click()}>{t('import')}</Button>
          <Button look="quiet" icon={<FileDown size={14} />} disabled={!pack} onClick={() => pack && download(JSON.stringify(pack, null, 1), `${pack.id}.json`, 'application/json')}>{t('exportJson')}</Button>
          <Button look="quiet" icon={<Sheet size={14} />} disabled={!pack} onClick={() => pack && void exportMatrix(pack)}>{t('exportXlsx')}</Button>
          {isOwn && <Button look="quiet" icon={<Trash2 size={14} />} disabled={isReadOnly || id === usedId} onClick={() => { void removePack(id); setId(usedId ?? shipped[0]?.id ?? '') }}>{t('remove')}</Button>}
          <Button icon={<Copy size={14} />} disabled={isReadOnly || !pack} onClick={() => void copy()}>{t('copy')}</Button>
          <Button look="primary" icon={<BookCheck size={14} />} disabled={isReadOnly || id === usedId} onClick={() => void choosePack(id)}>{t(id === usedId ? 'used' : 'use')}</Button>
        </>
      )}
    >
      <input ref={fileRef} type="file" accept=".json,.xlsx" hidden onChange={event => { const file = event.target.files?.[0]; event.target.value = ''; if (file) void read(file) }} />
      <div className="packs" onKeyDown={undoKeys}>
        <ul className="packs__list" aria-label={t('title')}>
          {entries.map(entry => (
            <li key={entry.id}>
              <button type="button" className={`packs__entry ${entry.id === id ? 'packs__entry--active' : ''}`} aria-current={entry.id === id} onClick={() => { setId(entry.id); setProblems([]) }}>
                <span className="packs__name" title={entry.title[language]}>{entry.title[language]}</span>
                <span className="packs__marks">
                  {!entry.isOwn && <Lock size={12} className="faint" aria-label={t('shipped')} />}
                  {entry.id === usedId && <Badge tone="accent">{t('used')}</Badge>}
                </span>
              </button>
            </li>
          ))}
        </ul>
        <div className="packs__main">
          {problems.length > 0 && <ProblemList problems={problems} />}
          <div className="packs__bar">
            <Segmented label={t('tab.label')} value={tab} onChange={setTab} options={PACK_TABS.map(value => ({ value, label: value === 'tests' && failing > 0 ? `${t('tab.tests')} (${t('test.failing', { count: failing })})` : t(`tab.${value}`) }))} />
            {isOwn && <><IconButton label={t('undo')} shortcut="Ctrl+Z" disabled={!canUndo} icon={<Undo2 size={14} />} onClick={() => step('past')} /><IconButton label={t('redo')} shortcut="Ctrl+Shift+Z" disabled={!canRedo} icon={<Redo2 size={14} />} onClick={() => step('future')} /></>}
          </div>
          {pack && (tab === 'cover' ? <ListedLimits key={id} pack={pack} tables={COVER} onChange={change} />
            : tab === 'further' ? <ListedLimits key={id} pack={pack} tables={FURTHER} onChange={change} />
            : tab === 'classes' ? <ClassEditor key={id} pack={pack} onChange={change} />
            : tab === 'tests' ? <PackTests pack={pack} onChange={change} />
            : tab === 'limits' || tab === 'findings' ? <Compare current={current!} tab={tab} entries={entries} />
            : <PackMatrix key={`${id} ${tab}`} pack={pack} table={tab} onChange={change} />)}
        </div>
      </div>
    </Dialog>
  )
}

const COVER: readonly ListedTable[] = ['cover']
const FURTHER = LISTED_TABLES.filter(table => table !== 'cover')

interface HashedPack {
  readonly pack: RulePack
  readonly hash: string | null
}

/** Two packs beside each other: their limits, or what they find. */
function Compare({ current, tab, entries }: { readonly current: HashedPack; readonly tab: 'limits' | 'findings'; readonly entries: readonly { readonly id: string; readonly title: RulePack['title'] }[] }) {
  const { t } = useTranslation('packs')
  const language = useStore(viewStore, state => state.language)
  const others = entries.filter(({ id }) => id !== current.pack.id)
  const otherId = useStore(packEditorStore, state => (others.some(({ id }) => id === state.otherId) ? state.otherId! : (others[0]?.id ?? '')))
  const other = usePack(otherId)
  const titled = ({ pack, hash }: HashedPack) => ({ id: pack.id, title: packCitation(pack.title[language]), hash })
  return (
    <div className="pack-compare">
      <Field inline label={t('compareWith')}><Select value={otherId} onChange={next => packEditorStore.setState({ otherId: next })} options={others.map(({ id, title }) => ({ value: id, label: title[language] }))} /></Field>
      {other && (tab === 'limits' ? <PackCompare pack={current.pack} other={other.pack} /> : <FindingsCompare key={`${current.pack.id} ${otherId}`} left={titled(current)} right={titled(other)} />)}
    </div>
  )
}

/** The pack as the project has it now, with its hash where the host told it; null while it is being fetched. */
function usePack(id: string): HashedPack | null {
  const own = useStore(registerStore, state => state.rulePacks[id]?.body ?? null)
  const [fetched, setFetched] = useState<HashedPack | null>(null)
  useEffect(() => {
    let isWanted = true
    // An own pack has another hash after each change.
    void fetchHashedPack(id).then(found => isWanted && setFetched(found))
    return () => { isWanted = false }
  }, [id, own])
  const isFetched = fetched?.pack.id === id && (!own || fetched.pack.version === own.version)
  return isFetched ? { pack: own ?? fetched.pack, hash: fetched.hash } : own && { pack: own, hash: null }
}
