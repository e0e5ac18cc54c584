import { useStore } from 'zustand'
import { packCitation } from '#shared/report/finding-words.ts'
import { hostStore } from '../app/host-store.ts'
import { registerStore } from '../twin/register-store.ts'
import { viewStore } from '../view/view-store.ts'

/** What a rule pack is cited by in the interface's language; its id where it is neither shipped nor in the project. */
export function usePackName(): (id: string) => string {
  const shipped = useStore(hostStore, state => state.packs)
  const own = useStore(registerStore, state => state.rulePacks)
  const language = useStore(viewStore, state => state.language)
  return id => {
    const title = own[id]?.body.title ?? shipped.find(pack => pack.id === id)?.title
    return title ? packCitation(title[language]) : id
  }
}
