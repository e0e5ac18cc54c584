import type { Handlers } from './handler.ts'

export const preferencesHandlers: Pick<Handlers, 'preferences.get' | 'preferences.set'> = {
  'preferences.get': (_, { session }) => session.preferences.get(),
  'preferences.set': (changes, { session }) => session.preferences.set(changes),
}
