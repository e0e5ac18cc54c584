import { appHandlers } from './app.ts'
import { filesHandlers } from './files.ts'
import type { Handlers } from './handler.ts'
import { preferencesHandlers } from './preferences.ts'

/** Every call of the contract; the type says which one is missing. */
export const handlers: Handlers = {
  ...appHandlers,
  ...filesHandlers,
  ...preferencesHandlers,
}
