import { useEffect, type FunctionComponent } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { PresenterView } from '../meeting/presenter-view.tsx'
import { secondWindowsStore, SECOND_WINDOWS, type SecondWindowId } from '../state/app/second-window-store.ts'
import { OverlayRoot } from '../ui/overlay-root.ts'
import { MapView } from '../views/plan/map-view.tsx'
import { ProfileView } from '../views/profile/profile-view.tsx'
import { SectionView } from '../views/section/section-view.tsx'
import { ErrorBoundary } from './error-boundary.tsx'

const CONTENTS: Readonly<Record<SecondWindowId, FunctionComponent>> = { presenter: PresenterView, plan: MapView, profile: ProfileView, section: SectionView }

/** What stands in windows of its own: the same components on the same stores, so one cursor and one selection go through all screens. */
export function SecondWindows() {
  const open = useStore(secondWindowsStore, state => state.open)
  return SECOND_WINDOWS.map(id => {
    const target = open[id]
    return target && <Filled key={id} id={id} target={target} />
  })
}

function nameWindow({ document }: Window, title: string): void {
  document.title = title
}

function Filled({ id, target }: { readonly id: SecondWindowId; readonly target: Window }) {
  const { t } = useTranslation('app')
  const title = `${t(`secondWindow.${id}`)} · ${t('title')}`
  useEffect(() => {
    nameWindow(target, title)
  }, [target, title])
  const Content = CONTENTS[id]
  return createPortal(
    <OverlayRoot value={target.document.body}>
      <div className="app second-window"><ErrorBoundary scope="panel"><Content /></ErrorBoundary></div>
    </OverlayRoot>,
    target.document.body,
  )
}
