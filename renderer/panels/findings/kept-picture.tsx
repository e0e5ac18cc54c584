import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { pictureAddress } from '#shared/register/picture.ts'
import { loadPicture } from '../../actions/files/picture-actions.ts'
import { registerStore } from '../../state/twin/register-store.ts'
import { Dialog } from '../../ui/dialog.tsx'

/** The picture of a comment or a decision, small; large when pressed. */
export function KeptPicture({ id }: { readonly id: string }) {
  const { t } = useTranslation('review')
  const picture = useStore(registerStore, state => state.pictures[id]?.body ?? null)
  const [isLarge, setLarge] = useState(false)
  useEffect(() => void loadPicture(id), [id])
  if (!picture) return null
  const image = <img src={pictureAddress(picture)} alt={t('kept.alt')} width={picture.widthPx} height={picture.heightPx} />
  return <>
    <button type="button" className="kept-picture" aria-label={t('kept.enlarge')} onClick={() => setLarge(true)}>{image}</button>
    {isLarge && <Dialog title={t('kept.alt')} closeLabel={t('common:close')} width={1100} onClose={() => setLarge(false)}><div className="kept-picture--large">{image}</div></Dialog>}
  </>
}
