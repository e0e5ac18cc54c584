import { FileUp, LoaderCircle } from 'lucide-react'
import { useRef, useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { LEAD_ENDINGS, SIDE_ENDINGS } from '#shared/io/file-sets.ts'
import { Button } from '../../ui/button.tsx'

/** Endings the browser's own chooser offers. */
const ACCEPTED = [...LEAD_ENDINGS, ...SIDE_ENDINGS].map(ending => `.${ending}`).join(',')

interface FilesStepProps {
  readonly isBusy: boolean
  readonly nativePicker: boolean
  readonly onPick: () => void
  readonly onFiles: (files: readonly File[]) => void
}

/** Drop files or choose them. Nothing leaves this computer, and the step says so. */
export function FilesStep({ isBusy, nativePicker, onPick, onFiles }: FilesStepProps) {
  const { t } = useTranslation('import-wizard')
  const inputRef = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const take = (list: FileList | null) => {
    if (list && list.length > 0) onFiles([...list])
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <div
      className={`import-drop ${isOver ? 'import-drop--over' : ''}`}
      onDragOver={event => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      {isBusy ? <LoaderCircle className="import-drop__busy" size={28} /> : <FileUp size={28} />}
      <h3>{t(isBusy ? 'files.reading' : 'files.title')}</h3>
      <p className="soft">{t('files.formats')}</p>
      <input
        ref={inputRef}
        className="visually-hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-label={t('files.choose')}
        accept={ACCEPTED}
        onChange={event => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
      <Button look="primary" disabled={isBusy} onClick={() => (nativePicker ? onPick() : inputRef.current?.click())}>{t('files.choose')}</Button>
      <p className="soft import-drop__note">{t('files.stays')}</p>
    </div>
  )
}
