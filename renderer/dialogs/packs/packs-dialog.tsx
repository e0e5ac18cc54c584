import { BookCheck, Copy, FileDown, FileUp, Lock, Sheet, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { PackProblem } from '#shared/rules/parse-rule-pack.ts'
import type { RulePack } from '#shared/rules/rule-pack.ts'
import { download } from '../../actions/download.ts'
import { copyPack, exportMatrix, fetchPack, importMatrix, importPack, keepPack, raisedVersion, removePack } from '../../actions/pack-actions.ts'
import { choosePack } from '../../actions/project-actions.ts'
import { showToast } from '../../state/jobs-store.ts'
import { hostStore } from '../../state/host-store.ts'
import { projectStore } from '../../state/project-store.ts'
import { registerStore } from '../../state/register-store.ts'
import { viewStore } from '../../state/view-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Badge } from '../../ui/display.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { PackCompare } from './pack-compare.tsx'
import { PackCover } from './pack-cover.tsx'
import { PackMatrix } from './pack-matrix.tsx'
import { PackTest } from './pack-test.tsx'
import './packs.css'

const TABS = ['horizontal', 'vertical', 'distance', 'cover', 'test', 'compare'] as const

/** Rule packs: what each asks for, as the printed tables have it; copies that can be edited; a test and a comparison. */
export function PacksDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('packs')
  const shipped = useStore(hostStore, state => state.packs)
  const own = useStore(registerStore, state => state.rulePacks)
  const usedId = useStore(projectStore, state => state.info?.packId ?? null)
  const isReadOnly = useStore(projectStore, state => state.info?.readOnly != null)
  const language = useStore(viewStore, state => state.language)
  const [id, setId] = useState(usedId ?? shipped[0]?.id ?? '')
  const [tab, setTab] = useState<(typeof TABS)[number]>('horizontal')
  const [problems, setProblems] = useState<readonly PackProblem[]>([])
  const pack = usePack(id)
  const fileRef = useRef<HTMLInputElement>(null)
  const isOwn = own[id] !== undefined
  const entries = [...shipped.map(entry => ({ ...entry, isOwn: false })), ...Object.values(own).map(({ body }) => ({ id: body.id, version: body.version, title: body.title, isOwn: true }))]
  const change = isOwn && !isReadOnly ? (next: RulePack) => void keepPack({ ...next, version: raisedVersion(next.version) }) : null
  const copy = async () => {
    const made = pack && (await copyPack(pack, t('copyMark')))
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
      title={t('title')} closeLabel={t('common:close')} width={1180} onClose={onClose}
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
      <div className="packs">
        <ul className="packs__list" aria-label={t('title')}>
          {entries.map(entry => (
            <li key={entry.id}>
              <button type="button" className={`packs__entry ${entry.id === id ? 'packs__entry--active' : ''}`} aria-current={entry.id === id} onClick={() => { setId(entry.id); setProblems([]) }}>
                <span className="truncate" title={entry.title[language]}>{entry.title[language]}</span>
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
          <Segmented label={t('tab.label')} value={tab} onChange={setTab} options={TABS.map(value => ({ value, label: t(`tab.${value}`) }))} />
          {pack && (tab === 'cover' ? <PackCover pack={pack} />
            : tab === 'test' ? <PackTest pack={pack} />
            : tab === 'compare' ? <PackCompare pack={pack} others={entries.filter(entry => entry.id !== id)} />
            : <PackMatrix key={`${id} ${tab}`} pack={pack} table={tab} onChange={change} />)}
        </div>
      </div>
    </Dialog>
  )
}

/** The pack as the project has it now; null while it is being fetched. */
function usePack(id: string): RulePack | null {
  const own = useStore(registerStore, state => state.rulePacks[id]?.body ?? null)
  const [fetched, setFetched] = useState<RulePack | null>(null)
  useEffect(() => {
    let isWanted = true
    if (!own) void fetchPack(id).then(pack => isWanted && setFetched(pack))
    return () => { isWanted = false }
  }, [id, own])
  return own ?? (fetched?.id === id ? fetched : null)
}

function ProblemList({ problems }: { readonly problems: readonly PackProblem[] }) {
  const { t } = useTranslation('packs')
  return (
    <div className="notice notice--danger" role="alert">
      <ul className="notice__text">
        {problems.slice(0, 6).map(({ cell, code, detail }, i) => <li key={i}>{cell && <b>{cell}: </b>}{t(`cli-check:packProblem.${code}`, { detail })}</li>)}
        {problems.length > 6 && <li>{t('moreProblems', { count: problems.length - 6 })}</li>}
      </ul>
    </div>
  )
}
