import { ArrowUp, File, Folder } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { browseFolder, type Listing } from '../actions/files/file-actions.ts'
import { dateTime, fileSize } from '../i18n/format.ts'
import { IconButton } from '../ui/button.tsx'
import { EmptyState } from '../ui/display.tsx'
import './dialogs.css'

interface FileBrowserProps {
  readonly purpose: 'open_project' | 'save_project'
  readonly selected: string | null
  readonly onFolder: (folder: Listing['folder']) => void
  readonly onSelect: (file: { readonly ticket: string; readonly name: string }) => void
  /** A file was opened outright: double click or Enter. */
  readonly onOpen: (file: { readonly ticket: string; readonly name: string }) => void
}

/** Folders and files the host shows; what is chosen is a ticket, never a path. */
export function FileBrowser({ purpose, selected, onFolder, onSelect, onOpen }: FileBrowserProps) {
  const { t, i18n } = useTranslation('app')
  const [listing, setListing] = useState<Listing | null>(null)
  const visit = useCallback(async (folder: string | null) => {
    const next = await browseFolder(folder, purpose)
    if (!next) return
    setListing(next)
    onFolder(next.folder)
  }, [purpose, onFolder])
  useEffect(() => {
    // The first listing comes from the host; state is set when it answers.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    void visit(null)
  }, [visit])
  if (!listing) return <div className="file-browser" />
  const { folder, parent, entries } = listing
  return (
    <div className="file-browser">
      <div className="file-browser__bar">
        <IconButton label={t('files.up')} disabled={parent === null} icon={<ArrowUp size={16} />} onClick={() => void visit(parent)} />
        <span className="truncate strong">{folder.name}</span>
      </div>
      <ul className="file-browser__list" aria-label={t('files.inFolder', { folder: folder.name })}>
        {entries.map(entry => (
          <li key={entry.ticket}>
            <button
              type="button" className={entry.ticket === selected ? 'is-selected' : ''} aria-pressed={entry.ticket === selected}
              onClick={() => (entry.type === 'folder' ? void visit(entry.ticket) : onSelect(entry))}
              onDoubleClick={() => entry.type === 'file' && onOpen(entry)}
            >
              {entry.type === 'folder' ? <Folder size={16} /> : <File size={16} />}
              <span className="truncate">{entry.name}</span>
              <span className="faint small">{entry.type === 'file' ? fileSize(entry.sizeBytes) : ''}</span>
              <span className="faint small">{dateTime(entry.modifiedAt, i18n.language)}</span>
            </button>
          </li>
        ))}
        {entries.length === 0 && <li><EmptyState icon={<Folder size={24} />} title={t('files.empty.title')} text={t('files.empty.text')} /></li>}
      </ul>
    </div>
  )
}
