import { Download, FolderSearch } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { chooseSwmmProgram, downloadModel, runAnalysis, swmmProgram } from '../../actions/check/analysis-actions.ts'
import { hostStore } from '../../state/app/host-store.ts'
import { Button } from '../../ui/button.tsx'

/** The model to keep, and the program that runs it here. A host without dialogs takes its program from its surroundings. */
export function SwmmButtons({ model }: { readonly model: string }) {
  const { t } = useTranslation('analyses')
  const canChoose = useStore(hostStore, state => state.info?.capabilities.nativePicker ?? false)
  const [program, setProgram] = useState<string | null>(null)
  useEffect(() => {
    void swmmProgram().then(setProgram)
  }, [model])
  const choose = async () => {
    const name = await chooseSwmmProgram()
    if (name === null) return
    setProgram(name)
    void runAnalysis()
  }
  return (
    <>
      <span className="faint small truncate" title={program === null && !canChoose ? t('swmm.hostless') : undefined}>{program === null ? t('swmm.none') : t('swmm.with', { name: program })}</span>
      {canChoose && <Button look="quiet" icon={<FolderSearch size={14} />} onClick={() => void choose()}>{t('swmm.choose')}</Button>}
      <Button look="quiet" icon={<Download size={14} />} onClick={() => downloadModel(model, 'underplan.inp')}>{t('model')}</Button>
    </>
  )
}
