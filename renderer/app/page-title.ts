import i18next from 'i18next'
import { projectStore } from '../state/twin/project-store.ts'

/** The window and its task bar entry say which project is open. @returns the means to stop. */
export function followTitle(): () => void {
  const apply = () => {
    const name = projectStore.getState().info?.name.replace(/\.gpkg$/i, '')
    document.title = name ? `${name} · ${i18next.t('app:title')}` : i18next.t('app:title')
  }
  apply()
  return projectStore.subscribe(apply)
}
