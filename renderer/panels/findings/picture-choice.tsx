import { Camera, ImageUp, X } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { pictureAddress, type Picture } from '#shared/register/picture.ts'
import { pictureOfFile, pictureOfView } from '../../actions/files/picture-actions.ts'
import { IconButton } from '../../ui/button.tsx'

interface PictureChoiceProps {
  readonly picture: Picture | null
  readonly onChange: (picture: Picture | null) => void
}

/** Adds a picture to what is being written: of the view as it is, or a file. */
export function PictureChoice({ picture, onChange }: PictureChoiceProps) {
  const { t } = useTranslation('review')
  const input = useRef<HTMLInputElement>(null)
  if (picture) {
    return (
      <span className="picture-choice">
        <img className="kept-picture" src={pictureAddress(picture)} alt={t('kept.alt')} />
        <IconButton size="small" label={t('kept.drop')} icon={<X size={14} />} onClick={() => onChange(null)} />
      </span>
    )
  }
  return <>
    <IconButton label={t('kept.view')} icon={<Camera size={16} />} onClick={() => void pictureOfView().then(onChange)} />
    <IconButton label={t('kept.file')} icon={<ImageUp size={16} />} onClick={() => input.current?.click()} />
    <input ref={input} type="file" hidden accept="image/png,image/jpeg" aria-label={t('kept.file')} onChange={event => {
      const file = event.target.files?.[0]
      event.target.value = ''
      if (file) void pictureOfFile(file).then(onChange)
    }} />
  </>
}

/** The first picture on the clipboard, where something is pasted. */
export const pastedPicture = (data: DataTransfer): File | null => [...data.files].find(file => file.type === 'image/png' || file.type === 'image/jpeg') ?? null
